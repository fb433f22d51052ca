import { join, relative } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { oneLine, UserError } from '@triptych/base/user-error';
import colors from 'picocolors';
import { PART_IDS, type PartId } from '../data/index.ts';
import { compareRuns, readReportData, writeReport } from '../report/index.ts';
import type { LocalKind } from './local-kinds.ts';
import { findPorts, type StartedTarget, startTarget } from './local-targets.ts';
import type { CompareOptions } from './options.ts';
import type { ComparedTarget } from './part.ts';
import { DEFAULT_PARTS, partsInOrder } from './parts/index.ts';
import { CompareProgress } from './progress.ts';
import { reachTarget } from './remote-targets.ts';
import { runParts } from './run-parts.ts';
import { RunRecord, runId } from './run-record.ts';
import { awsTemplates } from './templates.ts';

/** The committed report, whose figures stand in for what a run did not measure. */
const SAMPLE = join(repositoryRoot, 'docs/sample-report');
/** The time for a whole run. On a busy machine the essential parts may exceed it. */
const RUN_LIMIT_MS = { quick: 178_000, full: 1_190_000 };
/** Each product needs a picture to be rendered and uploaded, so a quick run seeds fewer products. */
const QUICK_PRODUCTS = 12;
/** Time reserved for writing the report and stopping the shops. */
const RESERVED_MS = { quick: 8_000, full: 15_000 };

/**
 * `npm run compare`: starts the targets, measures part by part, writes the report and stops what it started.
 * @returns the exit code: 0, or 130 if the run was interrupted
 * @throws UserError if a target does not answer or a shop does not start
 */
export async function compare(options: CompareOptions, signal: AbortSignal): Promise<number> {
  const startedAt = new Date();
  const deadline = performance.now() + RUN_LIMIT_MS[options.mode];
  const progress = new CompareProgress();
  const older = options.against === undefined ? undefined : await readReportData(options.against);
  const { mode, seed } = options;
  const folder = options.out ?? join(repositoryRoot, 'reports', runId(startedAt));
  progress.line(
    colors.bold(
      `Comparing (${mode}, seed ${seed}); Ctrl-C stops early and keeps the results so far`,
    ),
  );

  const started: StartedTarget[] = [];
  try {
    const targets = await bringUp(options, started, (what) => progress.update(what), signal);
    throwIfInterrupted(signal);
    progress.line(
      `${colors.green('✓')} ${targets.map(({ name }) => name).join(', ')} ${targets.length > 1 ? 'answer' : 'answers'}`,
    );
    const record = new RunRecord({
      folder,
      startedAt,
      mode,
      seed,
      root: repositoryRoot,
      command: commandLine(),
      targets,
    });
    const wanted = partsInOrder(options.parts);
    for (const id of PART_IDS) {
      if (!options.parts.includes(id)) record.notRun(id, whyLeftOut(id));
    }
    progress.update('synthesizing the templates for AWS');
    const templates = await awsTemplates(targets).catch((error: unknown) => {
      // Ctrl-C also ends the process that synthesizes.
      throwIfInterrupted(signal);
      throw error;
    });
    const shared = { targets, mode, seed, ...templates };
    await runParts({
      parts: wanted,
      shared,
      record,
      signal,
      withinMs: deadline - RESERVED_MS[mode] - performance.now(),
      progress: (what, remainingMs) => progress.update(what, remainingMs + RESERVED_MS[mode]),
      done: (part, state, seconds, why) => {
        const mark = state === 'done' ? colors.green('✓') : colors.yellow('!');
        const detail = why ? `: ${why}` : '';
        progress.line(
          `${mark} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${part} ${state === 'done' ? '' : state}${detail}`,
        );
      },
    });
    record.interrupted = signal.aborted;
    progress.update('writing the report');
    await record.write();
    const data = record.data();
    const sample = await readReportData(SAMPLE).catch(() => undefined);
    await writeReport(folder, data, {
      ...(older ? { against: compareRuns(data, older) } : {}),
      ...(sample ? { sample } : {}),
    });
    const place = relative(process.cwd(), folder) || '.';
    progress.line(`${colors.green('✓')} ${place}: index.html, report.md, data.json`);
    return signal.aborted ? 130 : 0;
  } finally {
    progress.update('stopping the shops');
    const stopped = await Promise.allSettled(started.map(({ local }) => local.shop.stop()));
    for (const one of stopped) {
      if (one.status === 'rejected') progress.line(`A shop did not stop: ${oneLine(one.reason)}`);
    }
    progress.line('');
  }
}

function whyLeftOut(part: PartId): string {
  if (DEFAULT_PARTS.includes(part)) return 'left out by --parts';
  return 'it starts further shops: `npm run compare -- --only serverless --parts coordination` measures it alone';
}

/** @throws UserError */
function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new UserError('Interrupted before anything was measured.');
}

/** Connects to the given targets or starts local ones. Adds each started target to `started`, so that the caller can stop it. */
async function bringUp(
  options: CompareOptions,
  started: StartedTarget[],
  say: (what: string) => void,
  signal: AbortSignal,
): Promise<readonly ComparedTarget[]> {
  if (options.targets.length > 0) {
    return Promise.all(options.targets.map((target) => reachTarget(target)));
  }
  const ports = await findPorts();
  const logFolder = join(repositoryRoot, '.triptych/compare-logs');
  const shared = options.only.filter(({ http }) => http === undefined);
  const start = (kind: LocalKind, runs = () => {}) => {
    say(`starting ${kind.name}`);
    const products = options.mode === 'quick' ? { products: QUICK_PRODUCTS } : {};
    return startTarget({
      kind,
      // Shops with default settings share one synth.
      variants: kind.http ? [kind.variant] : shared.map(({ variant }) => variant),
      ports,
      logFolder,
      say,
      runs,
      ...products,
    });
  };
  const [first, ...others] = options.only;
  if (!first) throw new UserError('--only names no variant.');
  // The first target builds and synthesizes for all. After that, the others start in parallel.
  const { promise: built, resolve } = Promise.withResolvers<void>();
  const firstTarget = start(first, resolve);
  const starting = [firstTarget];
  await Promise.race([built, firstTarget]).catch(() => {});
  if (!signal.aborted) starting.push(...others.map((kind) => start(kind)));
  const outcomes = await Promise.allSettled(starting);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') started.push(outcome.value);
  }
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return started;
}

function commandLine(): string {
  const args = process.argv.slice(3);
  return ['npm run compare', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
}
