import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';

export interface ContainerRun {
  /** Duration of the whole job, without loading the program. */
  readonly seconds: number;
  /** Number of renditions that the job reported as stored. */
  readonly made: number;
  readonly ended: 'succeeded' | 'killed' | 'failed';
  /** The error message, if it failed. */
  readonly error?: string;
}

/**
 * Runs the whole job once.
 * @param options.killAfter kills the process after this many renditions, to simulate a task that dies
 */
export async function runContainerJob(options: {
  readonly bucket: string;
  readonly imageIds: readonly string[];
  /** AWS endpoint and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly killAfter?: number;
}): Promise<ContainerRun> {
  const { bucket, imageIds, environment, timeoutMs, killAfter } = options;
  const program = join(repositoryRoot, 'tools/comparison/long-job/container.ts');
  const child = spawn(process.execPath, [program, bucket, ...imageIds], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: Math.max(1000, timeoutMs),
    killSignal: 'SIGKILL',
  });
  let since = performance.now();
  let made = 0;
  let killed = false;
  let errorOutput = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-4_000);
  });
  child.on('message', (message) => {
    if (message === 'ready') since = performance.now();
    else made += 1;
    if (made !== killAfter) return;
    killed = true;
    child.kill('SIGKILL');
  });
  const code = await exitCode(child);
  const seconds = (performance.now() - since) / 1000;
  if (killed || code === 0) return { seconds, made, ended: killed ? 'killed' : 'succeeded' };
  const [error = `it exited with code ${code}`] = /^.*Error.*$/m.exec(errorOutput) ?? [];
  return { seconds, made, ended: 'failed', error };
}
