import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import {
  bundleSettings,
  type Deployable,
  type Description,
  descriptionOf,
} from '@triptych/build/bundle';
import { build, type Plugin, stop } from 'esbuild';

/** Folders with different builds of the same function, relative to the repository. */
export interface ArtifactBuilds {
  /** The deployed build. */
  readonly bundle: string;
  /** The same sources compiled file by file, with packages from node_modules. */
  readonly unbundled: string;
  /** One file with all modules that sources and packages import: esbuild's default bundle. */
  readonly allModules: string;
  /** The bundle with Node's compile cache. */
  readonly withCache: string;
}

/** Folder of the compile cache within its build, for NODE_COMPILE_CACHE. */
export const cacheFolder = 'compile-cache';
const WARM_UP_TIMEOUT_MS = 30_000;

/**
 * Builds a function's artifact in several variants.
 * @param options.into output folder, relative to the repository and inside it, so that packages are found
 * @param options.environment environment of the function; it answers `event` once, so that the code of an answer is compiled
 * @throws Error if esbuild fails or the function does not answer
 */
export async function makeArtifactBuilds(options: {
  root: string;
  deployable: Deployable;
  into: string;
  environment: Readonly<Record<string, string>>;
  event: object;
}): Promise<ArtifactBuilds> {
  const { root, deployable, into } = options;
  const at = (name: string) => join(into, name);
  const builds = {
    bundle: at('bundle'),
    unbundled: at('unbundled'),
    allModules: at('all-modules'),
    withCache: at('with-cache'),
  };
  await rm(join(root, into), { recursive: true, force: true });
  for (const folder of [builds.bundle, builds.withCache]) {
    await cp(deployable.outdir, join(root, folder), { recursive: true });
  }
  await compileApart(root, deployable, builds.unbundled);
  await bundleEverything(root, deployable, builds.allModules);
  await stop();
  await fillCache({ ...options, folder: join(root, builds.withCache) });
  return builds;
}

async function compileApart(root: string, deployable: Deployable, into: string): Promise<void> {
  const description = await readFile(descriptionOf(deployable, root), 'utf8');
  const { sources } = JSON.parse(description) as Description;
  await build({
    absWorkingDir: root,
    entryPoints: [...sources],
    outdir: into,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    // Each file is an entry whose every import is left outside, so that nothing is put together.
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    plugins: [filesApart(root)],
    logLevel: 'silent',
  });
  const entry = compiledName(relative(root, deployable.entry));
  await mkdir(join(root, into), { recursive: true });
  await writeFile(join(root, into, 'index.mjs'), `export * from './${entry}';\n`);
}

const compiledName = (source: string) => source.replace(/\.(ts|js|mjs)$/, '.mjs');

/** Leaves every import outside; those of our own sources then name what those were compiled to. */
function filesApart(root: string): Plugin {
  return {
    name: 'files-apart',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || pluginData === filesApart) return undefined;
        if (!/^(\.|@triptych\/)/.test(path)) return { path, external: true };
        const options = { kind, importer, resolveDir, pluginData: filesApart };
        const { path: found, errors } = await resolve(path, options);
        if (errors.length > 0) return { errors };
        const beside = relative(dirname(importer), found);
        const named = compiledName(beside.startsWith('.') ? beside : `./${beside}`);
        return { path: relative(root, found).startsWith('..') ? found : named, external: true };
      });
    },
  };
}

async function bundleEverything(root: string, deployable: Deployable, into: string): Promise<void> {
  const outdir = join(root, into);
  await build({
    ...bundleSettings([{ ...deployable, outdir }], root),
    // Node's own resolution order, without options that leave out modules.
    mainFields: ['main', 'module'],
    treeShaking: false,
    plugins: [],
  });
}

/** Fills Node's compile cache next to the bundle with one start and one answer. */
async function fillCache(options: {
  folder: string;
  environment: Readonly<Record<string, string>>;
  event: object;
}): Promise<void> {
  const { folder, environment, event } = options;
  const script = `
    import { flushCompileCache } from 'node:module';
    import { pathToFileURL } from 'node:url';
    const service = await import(pathToFileURL(${JSON.stringify(join(folder, 'index.mjs'))}).href);
    const { statusCode, body } = await service.http(${JSON.stringify(event)}, {});
    if (statusCode !== 200) throw new Error(body);
    flushCompileCache();
    process.exit(0);`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...environment, NODE_COMPILE_CACHE: join(folder, cacheFolder) },
    timeout: WARM_UP_TIMEOUT_MS,
  });
}
