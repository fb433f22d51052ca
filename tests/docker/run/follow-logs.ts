import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';
import { composeArgs } from '@triptych/docker/compose';

const PAUSE_MS = 2_000;

/**
 * Writes the logs of a compose project's containers to a file, including those of containers that are removed later.
 * @returns a function that stops it
 */
export function followLogs(project: string, file: string): () => Promise<void> {
  const out = createWriteStream(file);
  const stopped = new AbortController();
  const following = (async () => {
    // `docker compose logs` exits when no container runs: before the first start and after the last stop.
    for (let since = '0m'; !stopped.signal.aborted; ) {
      const child = spawn(
        'docker',
        composeArgs(project, 'logs', '--follow', '--no-color', '--since', since),
        { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'ignore'], signal: stopped.signal },
      );
      child.stdout.pipe(out, { end: false });
      await exitCode(child).catch(() => null);
      since = new Date().toISOString();
      await sleep(PAUSE_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopped.abort();
    await following;
    out.end();
  };
}
