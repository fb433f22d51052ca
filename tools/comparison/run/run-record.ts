import { spawnSync } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import {
  DATA_VERSION,
  type Findings,
  type Missing,
  PART_IDS,
  type PartId,
  type ReportData,
  type Target,
} from '../data/index.ts';

type PartState = ReportData['parts'][number]['state'];

/** The findings of a run. They are written to disk after every part, so that an interrupted run keeps its results. */
export class RunRecord {
  readonly folder: string;
  readonly #run: Omit<ReportData['run'], 'endedAt' | 'interrupted'>;
  readonly #targets: readonly Target[];
  readonly #parts = new Map<PartId, { state: PartState; seconds: number; findings: Findings }>();
  interrupted = false;

  constructor(options: {
    folder: string;
    startedAt: Date;
    mode: 'quick' | 'full';
    seed: number;
    root: string;
    command: string;
    targets: readonly Target[];
  }) {
    const { folder, startedAt, mode, seed, root, command, targets } = options;
    this.folder = folder;
    this.#run = {
      id: runId(startedAt),
      mode,
      startedAt: startedAt.toISOString(),
      seed,
      commit: commitOf(root),
      command,
    };
    // Credentials such as the admin's password must not get into a report.
    this.#targets = targets.map(({ name, variant, http, kind, baseUrl, label }) => {
      return { name, variant, ...(http ? { http } : {}), kind, baseUrl, label };
    });
  }

  get figures(): ReportData['figures'] {
    return this.#all('figures');
  }

  stateOf(part: PartId): PartState {
    return this.#parts.get(part)?.state ?? 'not-run';
  }

  /** Whether the part has figures or facts. */
  has(part: PartId): boolean {
    const findings = this.#parts.get(part)?.findings;
    return findings !== undefined && findings.figures.length + findings.facts.length > 0;
  }

  add(part: PartId, state: PartState, seconds: number, findings: Findings): void {
    this.#parts.set(part, { state, seconds, findings });
  }

  /** Records a part without findings, with the reason. */
  notRun(part: PartId, why: string, seconds = 0): void {
    const missing: Missing[] = [{ part, what: 'The whole part', why }];
    this.add(part, 'not-run', seconds, { figures: [], series: [], facts: [], missing });
  }

  data(now = new Date()): ReportData {
    return {
      version: DATA_VERSION,
      run: { ...this.#run, endedAt: now.toISOString(), interrupted: this.interrupted },
      machine: machine(),
      targets: [...this.#targets],
      parts: PART_IDS.flatMap((id) => {
        const part = this.#parts.get(id);
        return part ? [{ id, state: part.state, seconds: part.seconds }] : [];
      }),
      figures: this.#all('figures'),
      series: this.#all('series'),
      facts: this.#all('facts'),
      missing: this.#all('missing'),
    };
  }

  /** Writes data.json atomically. */
  async write(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = join(this.folder, 'data.json');
    await writeFile(`${file}.part`, `${JSON.stringify(this.data(), null, 1)}\n`);
    await rename(`${file}.part`, file);
  }

  #all<K extends keyof Findings>(what: K): Findings[K][number][] {
    return PART_IDS.flatMap((id) => [...(this.#parts.get(id)?.findings[what] ?? [])]);
  }
}

/** Formats the start time as a folder name: `2026-11-22T21-40-05`. */
export function runId(startedAt: Date): string {
  return startedAt.toISOString().slice(0, 19).replaceAll(':', '-');
}

function machine(): ReportData['machine'] {
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown processor',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    os: `${type()} ${release()}`,
    node: process.version,
  };
}

function commitOf(root: string): string {
  const asked = spawnSync('git', ['rev-parse', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 5_000,
  });
  return asked.status === 0 ? asked.stdout.trim() : 'unknown';
}
