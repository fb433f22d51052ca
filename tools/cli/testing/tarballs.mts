import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TIMEOUT_MS = 60_000;
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Writes `<name>.tgz` for each name: a package whose only file is `bin/node`. npm installs it without a network. */
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

/** Writes a package.json that needs these tarballs for development, as the repository's needs its tools, and its lockfile. */
export async function lockWith(
  folder: string,
  names: readonly string[],
  env: Record<string, string | undefined>,
): Promise<void> {
  const devDependencies = Object.fromEntries(names.map((name) => [name, `file:${name}-1.0.0.tgz`]));
  const manifest = { name: 'sample', version: '1.0.0', private: true, devDependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await rm(join(folder, 'package-lock.json'), { force: true });
  execFileSync(npm, ['install', '--package-lock-only', '--silent'], {
    ...{ cwd: folder, shell: process.platform === 'win32', timeout: TIMEOUT_MS },
    env: { ...process.env, ...env },
  });
}
