import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import { listRunning } from '../control/running.ts';

/** Where --persist keeps tables, buckets, queues and secrets. */
export const keptDataFolder = (root: string) => join(root, '.triptych', 'data');
const ownerFile = (root: string) => join(root, '.triptych', 'data-owner');

/**
 * Takes the kept data for this process: two shops that write the same files would ruin them.
 * @returns gives them back
 * @throws UserError when another process that lives has them
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
        `Process ${owner} uses the kept data: stop that shop first, or start without --persist.`,
      );
    }
    await rm(file, { force: true });
    await claim();
  });
  return () => rm(file, { force: true });
}

/**
 * Removes what --persist kept and what shops left in `.triptych` (logs, templates).
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
    // Somebody else's process, but a process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
