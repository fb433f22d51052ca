import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';

/**
 * Runs Node with the user watching.
 * @param options.aside others run at the same time: what this one writes is handed over whole when it is done
 * @param options.signal ends it before its time
 * @returns whether it ended well within `timeoutMs`
 * @throws AbortError when `signal` ended it
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
    // Whole milliseconds only.
    timeout: Math.ceil(timeoutMs),
    // What one step compiles, the next need not.
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
