import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Process, proportionalBytes, stillRunning, treeOf } from './process-tree.ts';

/** One start and stop of the shop. */
export interface Start {
  readonly readyMs: number;
  /** Whether it had to build or synthesize first, because sources changed. */
  readonly built: boolean;
  /** Memory of all processes one second after the shop became ready; shared pages count once per process. */
  readonly residentBytes: number;
  /** The same with shared pages counted once; undefined if the system does not report it. */
  readonly sharedOnceBytes: number | undefined;
  readonly processes: number;
  readonly stopMs: number;
  /** Processes that still ran one second after the command ended. */
  readonly left: readonly string[];
}

const READY = 'all health checks pass';
const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
const SETTLE_MS = 1000;
const WATCH_MS = 100;

/** Starts the shop on ports from `port` on and stops it as Ctrl-C does. @throws Error with the shop's output */
export async function startOnce(root: string, port: number): Promise<Start> {
  const args = ['tools/cli/main.ts', 'start', '--ready-only', '--port', String(port)];
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let known: Process[] = [];
  const watch = () => {
    const tree = child.pid === undefined ? [] : treeOf(child.pid);
    // Includes processes whose parent has ended, which are no longer in the tree.
    const before = known.filter(({ pid }) => !tree.some((one) => one.pid === pid));
    known = [...tree, ...before];
    return tree;
  };
  const watching = setInterval(watch, WATCH_MS);
  try {
    const printed = await ready(child);
    const readyMs = performance.now() - started;
    await sleep(SETTLE_MS);
    const tree = watch();
    const residentBytes = sum(tree.map((one) => one.residentBytes));
    const sharedOnce = sum(tree.map(({ pid }) => proportionalBytes(pid) ?? Number.NaN));
    const sharedOnceBytes = Number.isNaN(sharedOnce) ? undefined : sharedOnce;
    const stopping = performance.now();
    const exit = once(child, 'exit', { signal: AbortSignal.timeout(STOP_TIMEOUT_MS) });
    child.kill('SIGINT');
    await exit;
    const stopMs = performance.now() - stopping;
    const left = (await outlived(known)).map(({ name, pid }) => `${name} ${pid}`);
    const built = printed.filter((line) => line.includes('unchanged')).length < 2;
    return { readyMs, built, residentBytes, sharedOnceBytes, processes: tree.length, stopMs, left };
  } finally {
    clearInterval(watching);
    for (const { pid } of stillRunning(known)) end(pid);
  }
}

/** The processes of `known` that still run after a short wait, because a killed process needs a moment to end. */
async function outlived(known: readonly Process[]): Promise<Process[]> {
  const deadline = performance.now() + SETTLE_MS;
  let left = stillRunning(known);
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(WATCH_MS / 10);
    left = stillRunning(left);
  }
  return left;
}

/** Resolves with the output up to and including the ready line. */
async function ready(child: ChildProcess): Promise<string[]> {
  const printed: string[] = [];
  const timer = setTimeout(() => child.kill('SIGTERM'), READY_TIMEOUT_MS);
  try {
    return await new Promise<string[]>((resolve, reject) => {
      const onLine = (line: string) => {
        printed.push(line);
        if (line.includes(READY)) resolve(printed);
      };
      for (const stream of [child.stdout, child.stderr]) {
        if (stream) createInterface({ input: stream }).on('line', onLine);
      }
      child.once('error', reject);
      child.once('close', () => {
        const text = printed.slice(-15).join('\n');
        reject(new Error(`the shop did not become ready; it printed:\n${text}`));
      });
    });
  } finally {
    clearTimeout(timer);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has ended since it was listed.
  }
}
