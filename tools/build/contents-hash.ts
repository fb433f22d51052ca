import { createHash, type Hash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const installedOrBuilt = (name: string) => name === 'node_modules' || name === 'dist';

/**
 * A SHA-256 over the names and contents of the matching files. Modification times are not used, because a checkout or a
 * copy changes them.
 * @param patterns globs relative to `root`; files in `node_modules` and `dist` are ignored
 */
export async function contentsHash(root: string, patterns: readonly string[]): Promise<Hash> {
  const hash = createHash('sha256');
  const found = await Array.fromAsync(glob(patterns, { cwd: root, exclude: installedOrBuilt }));
  const files = found.sort();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  files.forEach((file, index) => {
    const bytes = contents[index] ?? Buffer.alloc(0);
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  });
  return hash;
}
