import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { slashedPath } from '@triptych/base/slashed-path';
import { root } from './command.ts';

/** Includes the artifacts, so that the copy builds only what has changed. */
const sources = ['apps', 'libs', 'infra', 'tools', 'dist/apps', 'dist/meta'];
/** Compiled code and rendered pictures, shared with the copy. */
const cache = 'dist/.cache';
const files = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'cdk.json',
];
const leftOut = /(^|\/)(node_modules|cdk\.out|\.triptych)(\/|$)/;

export interface RepositoryCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Copies the repository's sources to a temporary folder, so that a test can change them while others run. Installed
 * packages are linked to the originals, and the workspaces to the copies.
 * @param others further files and folders, relative to the repository's root
 */
export async function copyOfRepository(others: readonly string[] = []): Promise<RepositoryCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'triptych-copy-'));
  for (const name of [...sources, ...files, ...others]) {
    const from = join(root, name);
    if (!existsSync(from)) continue;
    await cp(from, join(folder, name), {
      recursive: true,
      filter: (path) => !leftOut.test(slashedPath(path.slice(root.length))),
    });
  }
  await mkdir(join(folder, dirname(cache)), { recursive: true });
  await linkFolder(join(root, cache), join(folder, cache));
  await linkModules(folder, 'node_modules');
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Windows lets every user create a junction, but not a symbolic link. Other systems ignore the type. */
const linkFolder = (target: string, path: string) => symlink(target, path, 'junction');

/** Links the folders in `name` of a copy: workspaces to their copies, and installed packages to the originals. */
async function linkModules(copy: string, name: string): Promise<void> {
  await mkdir(join(copy, name));
  for (const entry of await readdir(join(root, name), { withFileTypes: true })) {
    const path = join(name, entry.name);
    const original = join(root, path);
    if (entry.isSymbolicLink()) {
      const workspace = resolve(dirname(original), await readlink(original));
      await linkFolder(join(copy, relative(root, workspace)), join(copy, path));
    } else if (entry.name === '@triptych') await linkModules(copy, path);
    else if (entry.isDirectory()) await linkFolder(original, join(copy, path));
    else await cp(original, join(copy, path));
  }
}
