import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isPortTaken } from '@triptych/local-cloud/free-port';
import { eventually } from '../../conformance/support/eventually.ts';

/** The repository's root. Tests that change files work on a copy. */
export const root = dirname(dirname(dirname(import.meta.dirname)));
const mainOf = (folder: string) => join(folder, 'tools/cli/main.ts');

/**
 * Without colours, because the tests compare text. Without the shared compile cache, so that the cache of a copy is removed
 * with the copy.
 */
const env = {
  ...process.env,
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  NODE_COMPILE_CACHE: undefined,
  STRIPE_SECRET_KEY: undefined,
};

/** An upper bound: a start that has to build everything, on a busy machine. */
export const START_TIMEOUT_MS = 900_000;

/** An upper bound: a command that ends by itself. */
const RUN_TIMEOUT_MS = 300_000;

/** An upper bound: a stopping shop gives its processes some seconds to finish. */
const INTERRUPT_TIMEOUT_MS = 120_000;

/** Windows cannot send Ctrl-C to one process. Tests of an orderly end do not run there. */
export const canInterrupt = process.platform !== 'win32';

/** Runs a command to its end. */
export async function run(
  args: readonly string[],
  { root: cwd = root, input = '' }: { root?: string; input?: string } = {},
): Promise<{ stdout: string; stderr: string; status: number | null }> {
  const child = spawn(process.execPath, [mainOf(cwd), ...args], {
    cwd,
    env,
    timeout: RUN_TIMEOUT_MS,
  });
  child.stdin.on('error', () => undefined).end(input); // The command may exit before it reads the input.
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { stdout, stderr, status };
}

/** A running command and its output. */
export interface Running {
  readonly child: ChildProcess;
  output(): string;
  /** Waits until it has printed these words or has exited. Returns its output. */
  printed(words: string | RegExp, withinMs?: number): Promise<string>;
  /** Sends SIGINT, waits for the end and returns the exit code. On Windows, kills the process and its children. */
  interrupt(): Promise<number | null>;
}

export function startCommand(args: readonly string[], cwd = root): Running {
  const child = spawn(process.execPath, [mainOf(cwd), ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const read = async () => printed;
  return {
    child,
    output: () => printed,
    printed: (words, withinMs = START_TIMEOUT_MS) =>
      eventually(
        read,
        (all) =>
          child.exitCode !== null ||
          (typeof words === 'string' ? all.includes(words) : words.test(all)),
        withinMs,
      ),
    interrupt: async () => {
      if (canInterrupt) child.kill('SIGINT');
      else spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      return eventually(
        async () => child.exitCode,
        (code) => code !== null,
        INTERRUPT_TIMEOUT_MS,
      );
    },
  };
}

/**
 * Finds a base port whose neighbours (+1 to +3, +566) are free as well. All are below the ports that other tests use
 * (tools/local-cloud/free-port.ts), so no test takes one before the start. They are also above the last port in this area that
 * fetch blocks, 6697 (https://fetch.spec.whatwg.org/#port-blocking).
 */
export async function freeBase(): Promise<number> {
  for (let port = 7_000; port < 9_400; port += 101) {
    const taken = await Promise.all([0, 1, 2, 3, 566].map((offset) => isPortTaken(port + offset)));
    if (!taken.some(Boolean)) return port;
  }
  throw new Error('no free base port');
}
