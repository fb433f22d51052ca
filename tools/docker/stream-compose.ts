import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';

/** Options of a long-running `docker` command. */
export interface Streaming {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every line of stdout and stderr. */
  readonly onLine: (line: string) => void;
  /** After this time it gets SIGINT, and SIGKILL 10 s later if it is still running. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Runs it in its own process group, so that Ctrl-C in the terminal does not stop it. */
  readonly survivesInterrupt?: boolean;
}

const KILL_AFTER_MS = 10_000;

/**
 * Runs `docker` in the repository's root and passes on its output line by line.
 * @returns its exit code; undefined if it timed out or was aborted
 */
export async function streamDocker(options: Streaming): Promise<number | undefined> {
  const { args, env, onLine, timeoutMs, signal, survivesInterrupt = false } = options;
  const child = spawn('docker', [...args], {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: survivesInterrupt,
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', onLine);
  }
  let stopped = false;
  let killTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    stopped = true;
    child.kill('SIGINT');
    killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted) stop();
    const code = await exitCode(child);
    return stopped ? undefined : (code ?? 1);
  } finally {
    clearTimeout(timer);
    clearTimeout(killTimer);
    signal?.removeEventListener('abort', stop);
  }
}
