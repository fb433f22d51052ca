import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { type Architecture, CPU_OF } from './architecture.ts';
import { deployables } from './build.ts';
import { type Deployable, descriptionOf, NATIVE_MODULES } from './bundle.ts';
import { fixModes } from './fixed-modes.ts';
import { npmCommand } from './npm-command.ts';

const INSTALL_TIMEOUT_MS = 5 * 60_000;

/**
 * Copies built artifacts and adds the native modules that their bundles import, for the target platform (Linux, glibc, the
 * given architecture). Without them, such an artifact would not start there. Reuses artifacts packaged from the same build,
 * and leaves `dist` unchanged.
 * @returns the folder to synthesize from (`TRIPTYCH_DIST`)
 * @throws UserError when npm cannot install the modules
 */
export async function packageArtifacts(
  root: string,
  variants: readonly Variant[],
  architecture: Architecture,
): Promise<string> {
  const dist = join(root, '.triptych', `packaged-${architecture}`);
  const build = await readFile(join(root, 'dist/apps/.built'), 'utf8').catch(() => '');
  for (const deployable of await deployables([...variants, 'payment-simulator'])) {
    const { app, service, outdir } = deployable;
    const stamp = join(dist, 'stamps', `${app}-${service}`);
    const done = await readFile(stamp, 'utf8').catch(() => undefined);
    if (build !== '' && done === build) continue;
    const folder = join(dist, 'apps', app, service);
    await rm(folder, { recursive: true, force: true });
    await cp(outdir, folder, { recursive: true });
    const modules = await importedNativeModules(root, deployable);
    if (modules.length > 0) {
      const installed = await install(root, dist, modules, architecture);
      await cp(installed, join(folder, 'node_modules'), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    await fixModes(folder);
    await mkdir(join(dist, 'stamps'), { recursive: true });
    await writeFile(stamp, build);
  }
  return dist;
}

/** Installs modules once for all artifacts that import them. @returns the path of their `node_modules` */
async function install(
  root: string,
  dist: string,
  names: readonly string[],
  architecture: Architecture,
): Promise<string> {
  const versions = await Promise.all(names.map((name) => installedVersion(root, name)));
  const dependencies = Object.fromEntries(names.map((name, index) => [name, versions[index]]));
  const id = Object.entries(dependencies)
    .flat()
    .join('-')
    .replace(/[^\w.-]/g, '_');
  const folder = join(dist, 'modules', id);
  if (existsSync(folder)) return join(folder, 'node_modules');
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  const manifest = { private: true, type: 'module', dependencies };
  await writeFile(join(unfinished, 'package.json'), JSON.stringify(manifest, null, 2));
  const target = ['--os=linux', `--cpu=${CPU_OF[architecture]}`, '--libc=glibc'];
  const quiet = ['--omit=dev', '--no-audit', '--no-fund', '--no-package-lock'];
  const { command, args, shell } = npmCommand();
  const result = spawnSync(command, [...args, 'install', ...quiet, ...target], {
    cwd: unfinished,
    shell,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  });
  if (result.status !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    const reason = (result.stderr || result.error?.message || '').trim().split('\n')[0];
    throw new UserError(
      `npm could not install ${names.join(', ')} for linux/${CPU_OF[architecture]}: ${reason}`,
    );
  }
  await rename(unfinished, folder);
  return join(folder, 'node_modules');
}

/** The native modules that a bundle imports, according to its metafile. */
async function importedNativeModules(root: string, deployable: Deployable): Promise<string[]> {
  const text = await readFile(descriptionOf(deployable, root), 'utf8');
  const { imports } = JSON.parse(text) as { imports: { path: string; external?: boolean }[] };
  return NATIVE_MODULES.filter((name) => imports.some(({ path }) => path === name));
}

async function installedVersion(root: string, name: string): Promise<string> {
  const file = join(root, 'node_modules', name, 'package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version;
}
