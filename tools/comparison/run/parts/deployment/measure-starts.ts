import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '@triptych/base/repository-root';
import { entryPorts } from '@triptych/base/variants';
import { type LocalCloud, startLocalCloud } from '@triptych/local-cloud';
import { isPortTaken } from '@triptych/local-cloud/free-port';
import { freePorts } from '@triptych/shop/start/ports';
import { allProcesses, type Process, stillRunning } from '../../../bench/start/process-tree.ts';
import type { PartFindings } from '../../../data/index.ts';
import type { ComparedTarget } from '../../part.ts';
import { once } from './change-one-service.ts';

/** The longest wait for a killed process to end. */
const SETTLE_MS = 1000;

interface Start {
  readonly allMs: number;
  /** Time from a stack's first resource to its health check, by stack name. */
  readonly stacks: ReadonlyMap<string, number>;
  readonly stopMs: number;
  readonly left: readonly string[];
}

/**
 * Repeatedly deploys the variant's templates into an empty local cloud and stops it, as often as time allows.
 * @param options.most the highest number of starts
 * @param options.endsAt end time on the clock of `performance.now()`
 */
export async function measureStarts(
  findings: PartFindings,
  target: ComparedTarget,
  options: {
    readonly assembly: string;
    readonly endsAt: number;
    readonly most: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const starts: Start[] = [];
  let longestMs = 0;
  while (starts.length < options.most && !options.signal.aborted) {
    const leftMs = options.endsAt - performance.now();
    if (starts.length > 0 && leftMs < longestMs * 1.3) break;
    const since = performance.now();
    try {
      starts.push(await startAndStop(target, options.assembly));
    } catch (error) {
      findings.addMissing({
        target: target.name,
        what: 'Start in an empty local cloud',
        why: (error as Error).message,
      });
      break;
    }
    longestMs = Math.max(longestMs, performance.now() - since);
  }
  if (starts.length > 0) addStarts(findings, target, starts);
}

async function startAndStop({ variant }: ComparedTarget, assembly: string): Promise<Start> {
  const { byVariant } = await freePorts();
  const port = byVariant[variant];
  const before = new Set(allProcesses().map(({ pid }) => pid));
  const cloud = await startLocalCloud({
    root: repositoryRoot,
    publicPorts: entryPorts({ [variant]: port }),
  });
  const stacks = new Map<string, number>();
  let started: Process[] = [];
  let allMs = 0;
  let stopMs = 0;
  try {
    const since = performance.now();
    await cloud.deploy(assembly, {
      stacks: await stacksOf(assembly, variant),
      onProgress: ({ stack, status, ms }) => {
        if (status === 'ready' && ms !== undefined) stacks.set(stack, ms);
      },
    });
    allMs = performance.now() - since;
    const own = new Set(cloud.processes().map(({ pid }) => pid));
    started = allProcesses().filter(({ pid }) => own.has(pid) && !before.has(pid));
  } finally {
    const stopping = performance.now();
    await cloud.stop();
    stopMs = performance.now() - stopping;
  }
  return { allMs, stacks, stopMs, left: await findLeftovers(started, port, cloud) };
}

async function stacksOf(assembly: string, variant: string): Promise<string[]> {
  const suffix = '.template.json';
  return (await readdir(assembly))
    .filter((file) => file.startsWith(`triptych-${variant}-`) && file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
}

async function findLeftovers(
  started: readonly Process[],
  port: number,
  cloud: LocalCloud,
): Promise<string[]> {
  const deadline = performance.now() + SETTLE_MS;
  let running = stillRunning(started);
  while (running.length > 0 && performance.now() < deadline) {
    await sleep(20);
    running = stillRunning(running);
  }
  const ports = [port, Number(new URL(cloud.endpointUrl).port)];
  const taken = await Promise.all(ports.map(isPortTaken));
  return [
    ...running.map(({ name, pid }) => `process ${name} ${pid}`),
    ...ports.filter((_, index) => taken[index]).map((one) => `port ${one}`),
  ];
}

function addStarts(findings: PartFindings, target: ComparedTarget, starts: readonly Start[]): void {
  const { name, variant } = target;
  const origin = `local, not AWS: the templates with two tasks per service, deployed into an empty local cloud ${starts.length} ×, median`;
  const seconds = (what: string, title: string, ms: readonly number[]) => {
    const sorted = ms.map((one) => one / 1000).sort((a, b) => a - b);
    const value = sorted[Math.floor(sorted.length / 2)];
    if (value === undefined) return;
    const spread = {
      kind: 'min-max' as const,
      low: sorted[0] ?? value,
      high: sorted.at(-1) ?? value,
    };
    const sampled = sorted.length === 1 ? once(value) : { n: sorted.length, spread };
    findings.figure({
      what,
      target: name,
      title,
      value,
      unit: 's',
      sampled,
      origin,
      better: 'lower',
    });
  };
  for (const stack of starts[0]?.stacks.keys() ?? []) {
    const service = stack.replace(`triptych-${variant}-`, '');
    const ms = starts.flatMap(({ stacks }) => stacks.get(stack) ?? []);
    seconds(`start/${service}`, `Start of stack ${service}`, ms);
  }
  seconds(
    'start/all',
    'Start of the whole variant, up to the last health check',
    starts.map(({ allMs }) => allMs),
  );
  seconds(
    'tear-down',
    'Stop of the whole variant',
    starts.map(({ stopMs }) => stopMs),
  );
  const left = starts.flatMap((start) => start.left);
  findings.figure({
    what: 'left',
    target: name,
    title: 'Processes and ports left one second after the stop',
    value: left.length,
    unit: 'count',
    origin: `processes started by the local cloud, identified by pid and start time, and its two ports, after ${starts.length} tear-downs; files are not checked, because this cloud keeps no data`,
    better: 'lower',
  });
  findings.fact({
    target: name,
    subject: 'Left after tear-down (local)',
    text: left.length === 0 ? 'no process and no port' : left.join(', '),
    ok: left.length === 0,
  });
}
