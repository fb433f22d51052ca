import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployables } from '../../../scripts/build.ts';
import { nativeModules } from '../../../scripts/bundle.ts';
import { UserError } from '../user-error.ts';
import type { Variant } from '../variants.ts';

const installTimeoutMs = 5 * 60_000;

/**
 * Installs the native modules that a variant's bundles import into their artifact folders, for the machine
 * they will run on (Linux, ARM64, glibc). Synth never installs; without this step an artifact that needs
 * one would not start on AWS.
 * @throws UserError when npm cannot install them
 */
export async function packageArtifacts(root: string, variant: Variant): Promise<void> {
  for (const { app, service, outdir } of await deployables([variant])) {
    const used = await importedNativeModules(root, `${app}-${service}`);
    if (used.length === 0) continue;
    const dependencies = Object.fromEntries(
      await Promise.all(used.map(async (name) => [name, await installedVersion(root, name)])),
    );
    await writeFile(
      join(outdir, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies }, null, 2),
    );
    const target = ['--os=linux', '--cpu=arm64', '--libc=glibc', '--no-package-lock'];
    const result = spawnSync(
      'npm',
      ['install', '--omit=dev', '--no-audit', '--no-fund', ...target],
      {
        cwd: outdir,
        encoding: 'utf8',
        timeout: installTimeoutMs,
      },
    );
    if (result.status !== 0) {
      const reason = (result.stderr || result.error?.message || '').trim().split('\n')[0];
      throw new UserError(
        `npm could not install ${used.join(', ')} for ${app}/${service}: ${reason}`,
      );
    }
  }
}

/** What esbuild left outside a bundle, by its metafile. */
async function importedNativeModules(root: string, bundleName: string): Promise<string[]> {
  const text = await readFile(join(root, 'dist/meta', `${bundleName}.json`), 'utf8');
  const { imports } = JSON.parse(text) as { imports: { path: string; external?: boolean }[] };
  return nativeModules.filter((name) => imports.some(({ path }) => path === name));
}

async function installedVersion(root: string, name: string): Promise<string> {
  const file = join(root, 'node_modules', name, 'package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version;
}
