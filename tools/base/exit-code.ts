import type { ChildProcess } from 'node:child_process';

/**
 * Waits until a process has ended and its output is read.
 * @returns its exit code, null when a signal ended it (a time-out does)
 * @throws Error when it could not be started
 */
export function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
