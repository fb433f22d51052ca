import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';

/** What a long call of `docker` needs. */
export interface Streaming {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Told of every line, of whichever stream. */
  readonly onLine: (line: string) => void;
  /** After that it is told to end, and killed when it does not. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Goes on when Ctrl-C reaches the terminal's processes. */
  readonly survivesInterrupt?: boolean;
}

const killAfterMs = 10_000;

/**
 * Runs `docker` in the repository's root and hands on what it writes, a line at a time.
 * @returns its exit code; undefined when it took too long or was told to end
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
  let ended = false;
  let killing: NodeJS.Timeout | undefined;
  const end = () => {
    ended = true;
    child.kill('SIGINT');
    killing = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  };
  const timer = setTimeout(end, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  try {
    if (signal?.aborted) end();
    const code = await exitCode(child);
    return ended ? undefined : (code ?? 1);
  } finally {
    clearTimeout(timer);
    clearTimeout(killing);
    signal?.removeEventListener('abort', end);
  }
}
