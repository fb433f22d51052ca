import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';

export interface ContainerRun {
  /** For the whole run, from when it was loaded to its end. */
  readonly seconds: number;
  /** Renditions that it reports as stored. */
  readonly made: number;
  readonly ended: 'well' | 'killed' | 'failed';
  /** What it said last, when it failed. */
  readonly fault?: string;
}

/**
 * Runs the whole job once.
 * @param options.killAfter variants after which it is killed, as a task that dies would be
 */
export async function runContainerJob(options: {
  readonly bucket: string;
  readonly imageIds: readonly string[];
  /** Where AWS is, and who asks. */
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
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
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
  if (killed || code === 0) return { seconds, made, ended: killed ? 'killed' : 'well' };
  const [fault = `it ended with code ${code}`] = /^.*Error.*$/m.exec(said) ?? [];
  return { seconds, made, ended: 'failed', fault };
}
