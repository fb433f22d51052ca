import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCode } from '@triptych/base/exit-code';
import { repositoryRoot } from '@triptych/base/repository-root';
import { composeArgs } from '@triptych/docker/compose';

const pauseMs = 2_000;

/**
 * Writes down what a compose project's containers say, also those that failed and are removed: compose forgets them.
 * @returns ends it
 */
export function followLogs(project: string, file: string): () => Promise<void> {
  const out = createWriteStream(file);
  const stopped = new AbortController();
  const following = (async () => {
    // Until there are containers, and when all have stopped, it ends by itself.
    for (let since = '0m'; !stopped.signal.aborted; ) {
      const child = spawn(
        'docker',
        composeArgs(project, 'logs', '--follow', '--no-color', '--since', since),
        { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'ignore'], signal: stopped.signal },
      );
      child.stdout.pipe(out, { end: false });
      await exitCode(child).catch(() => null);
      since = new Date().toISOString();
      await sleep(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopped.abort();
    await following;
    out.end();
  };
}
