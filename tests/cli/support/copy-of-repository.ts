import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/**
 * Copies the repository's sources to a temporary folder, so that a test can change them while others run. Installed
 * packages are linked to the originals, and the workspaces to the copies.
 */
export async function copyOfRepository(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'triptych-copy-'));
  for (const name of [...sources, ...files]) {
    const from = join(root, name);
    if (!existsSync(from)) continue;
    await cp(from, join(folder, name), {
      recursive: true,
      filter: (path) => !leftOut.test(path.slice(root.length)),
    });
  }
  await symlink(join(root, cache), join(folder, cache));
  await linkModules(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** npm links workspaces by relative paths, which lead to the copies here. Everything else is linked to the originals. */
async function linkModules(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.name === '@triptych') await linkModules(source, target);
    else await symlink(source, target);
  }
}
