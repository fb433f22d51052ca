import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';

/**
 * Runs a Node program with its output in the terminal.
 * @param options.aside receives the whole output at the end instead, for programs that run in parallel
 * @param options.signal aborts the program
 * @returns whether it exited with code 0 within `timeoutMs`
 * @throws AbortError when `signal` aborted it
 */
export async function runNode(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly timeoutMs: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly aside?: (written: Buffer) => void;
    readonly signal?: AbortSignal;
  },
): Promise<boolean> {
  const { cwd, timeoutMs, env = {}, aside, signal } = options;
  const output = aside ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', output, output],
    // spawn accepts whole milliseconds only.
    timeout: Math.ceil(timeoutMs),
    // Share compiled code between steps.
    env: { NODE_COMPILE_CACHE: join(cwd, 'dist/.cache/node'), ...process.env, ...env },
    ...(signal ? { signal } : {}),
  });
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => written.push(chunk));
  }
  const code = await exitCode(child);
  aside?.(Buffer.concat(written));
  return code === 0;
}
