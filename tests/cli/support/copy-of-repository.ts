import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './command.ts';

/** The artifacts too, so that nothing is built that is up to date here. */
const sources = ['apps', 'libs', 'infra', 'tools', 'dist/apps', 'dist/meta'];
/** Code that is compiled already, and pictures: both shared. */
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
 * The repository's sources in a folder of their own, so that a test may change them while others run. Packages are those
 * that are installed here; our own are the copies.
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

/** Workspaces are relative links, and so lead to the copies; everything else leads back to what is installed. */
async function linkModules(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.name === '@triptych') await linkModules(source, target);
    else await symlink(source, target);
  }
}
