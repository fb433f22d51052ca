import type { ChildProcess } from 'node:child_process';

/**
 * Waits until a process has ended and its output has been read.
 * @returns its exit code, or null when a signal (such as a timeout) ended it
 * @throws Error when the process cannot be started
 */
export function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
