import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The first moment of the format, so that equal contents make equal archives. */
const NO_TIME = '1980-01-01';
/** Permissions in the archive are those of Unix. */
const UNIX = 3;

/**
 * Packs a folder as Lambda reads it: a ZIP archive with the files at its root. Links become the files that they lead to. Equal
 * contents make equal archives.
 */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const files: Zippable = {};
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    const info = await stat(join(folder, file));
    if (!info.isFile()) continue;
    const permissions = (info.mode & 0o100) === 0 ? 0o100644 : 0o100755;
    const attributes = { mtime: NO_TIME, os: UNIX, attrs: permissions * 2 ** 16 };
    files[file.replaceAll(sep, '/')] = [await readFile(join(folder, file)), attributes];
  }
  return zipSync(files);
}
