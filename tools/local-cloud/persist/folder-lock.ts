import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Locks a folder against other processes. The lock of a process that no longer runs is ignored.
 * @returns the function that releases the lock
 * @throws Error with one line that names the process that holds the lock
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock');
  const owner = ownerOf(file);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new Error(
      `${folder} is used by process ${owner}; if that is not a local cloud, remove ${file}.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'latin1')) || undefined;
  } catch {
    return undefined; // not locked
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
