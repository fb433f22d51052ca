import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TIMEOUT_MS = 60_000;
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** The file name of a sample package. */
export const tarballOf = (name: string) => `${name}-1.0.0.tgz`;

/** Writes a tarball for each name: a package whose only file is `bin/node`. npm installs it without a network. */
export async function writeTarballs(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const source = join(folder, `source-${name}`);
    await mkdir(join(source, 'bin'), { recursive: true });
    await writeFile(join(source, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
    for (const file of ['node', 'node.exe']) await writeFile(join(source, 'bin', file), '');
  }
  const sources = names.map((name) => `./source-${name}`);
  execFileSync(npm, ['pack', '--silent', ...sources], {
    ...{ cwd: folder, shell: process.platform === 'win32', timeout: TIMEOUT_MS },
  });
}

/**
 * Writes a package.json that needs these tarballs for development, as the repository's needs its tools, and its lockfile as
 * npm would write it: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
export async function lockWith(folder: string, names: readonly string[]): Promise<void> {
  const about = { name: 'sample', version: '1.0.0' };
  const source = (name: string) => `file:${tarballOf(name)}`;
  const devDependencies = Object.fromEntries(names.map((name) => [name, source(name)]));
  const locked = await Promise.all(
    names.map(async (name) => {
      const digest = createHash('sha512').update(await readFile(join(folder, tarballOf(name))));
      const integrity = `sha512-${digest.digest('base64')}`;
      const entry = { version: '1.0.0', resolved: source(name), integrity, dev: true };
      return [`node_modules/${name}`, entry] as const;
    }),
  );
  const packages = { '': { ...about, devDependencies }, ...Object.fromEntries(locked) };
  const write = (name: string, content: object) =>
    writeFile(join(folder, name), JSON.stringify(content, null, 2));
  await write('package.json', { ...about, private: true, devDependencies });
  await write('package-lock.json', { ...about, lockfileVersion: 3, requires: true, packages });
}
