import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;
const PROGRAM_MODE = 0o755;
const OWNER_MAY_EXECUTE = 0o100;
const PERMISSIONS = 0o777;

/**
 * Gives a folder and everything in it fixed permissions: others may read all, and execute what the owner may. An image or
 * a function archive takes the permissions over, and a container or a function runs as a different user from the one that
 * built the artifact. Otherwise the builder's umask would decide whether the code can be read. Symbolic links stay as they
 * are.
 */
export async function fixModes(folder: string): Promise<void> {
  await setMode(folder, FOLDER_MODE);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await fixModes(path);
    else if (entry.isFile()) await setMode(path);
  }
}

async function setMode(path: string, wanted?: number): Promise<void> {
  const { mode } = await stat(path);
  const fixed = wanted ?? (mode & OWNER_MAY_EXECUTE ? PROGRAM_MODE : FILE_MODE);
  if ((mode & PERMISSIONS) !== fixed) await chmod(path, fixed);
}
