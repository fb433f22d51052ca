import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import { listRunning } from '../control/running.ts';

/** The folder in which --persist keeps tables, buckets, queues and secrets. */
export const keptDataFolder = (root: string) => join(root, '.triptych', 'data');
const ownerFile = (root: string) => join(root, '.triptych', 'data-owner');

/**
 * Locks the persisted data for this process, because two shops that write the same files would corrupt them.
 * @returns releases the lock
 * @throws UserError when another running process holds the lock
 */
export async function claimKeptData(root: string): Promise<() => Promise<void>> {
  const file = ownerFile(root);
  await mkdir(join(root, '.triptych'), { recursive: true });
  const claim = () => writeFile(file, String(process.pid), { flag: 'wx' });
  await claim().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (alive(owner)) {
      throw new UserError(
        `Process ${owner} is using the persisted data: stop that shop first, or start without --persist.`,
      );
    }
    await rm(file, { force: true });
    await claim();
  });
  return () => rm(file, { force: true });
}

/**
 * Deletes `.triptych`: the persisted data, logs and templates.
 * @throws UserError while a shop runs
 */
export async function removeKeptData(root: string): Promise<void> {
  const [running] = await listRunning(root);
  const owner = Number(await readFile(ownerFile(root), 'utf8').catch(() => ''));
  const pid = running?.pid ?? (alive(owner) ? owner : undefined);
  if (pid !== undefined) {
    throw new UserError(`A shop is running (process ${pid}): stop it with Ctrl-C before --reset.`);
  }
  await rm(join(root, '.triptych'), { recursive: true, force: true });
}

function alive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
