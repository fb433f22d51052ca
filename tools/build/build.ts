/** Builds the artifacts of the apps: `node tools/build/build.ts [app …] [--quiet] [--force]`. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '@triptych/base/repository-root';
import { type HttpMode, VARIANTS } from '@triptych/context-map';
import { bundle, type Deployable } from './bundle.ts';
import { contentsHash } from './contents-hash.ts';
import { fixModes } from './fixed-modes.ts';

const root = repositoryRoot;

/** The apps whose composition roots become artifacts. */
export const BUILT_APPS = [...VARIANTS, 'payment-simulator'] as const;

/**
 * Folders of composition roots below an app's folder, and the folders of their artifacts in dist/apps. The first also has the
 * workers, so it is in use whatever serves HTTP.
 */
const ROOT_FOLDERS: Readonly<Partial<Record<string, readonly (readonly [HttpMode, string])[]>>> = {
  serverless: [
    ['event-functions', 'serverless'],
    ['web-functions', 'serverless-web'],
  ],
};

/** The app in whose stacks an artifact runs, by the folder of the artifact. */
export const appOf = (folder: string): string =>
  Object.keys(ROOT_FOLDERS).find((app) => ROOT_FOLDERS[app]?.some(([, name]) => name === folder)) ??
  folder;

/**
 * All composition roots: every TypeScript file directly in an app's folder, or in its folders of roots.
 * @param http leaves out the roots that a shop with this way to serve HTTP does not run
 */
export async function deployables(
  apps: readonly string[] = BUILT_APPS,
  http?: HttpMode,
): Promise<Deployable[]> {
  const found: Deployable[] = [];
  for (const name of apps) {
    for (const [folder, app] of ROOT_FOLDERS[name] ?? [['.', name]]) {
      if (http === 'event-functions' && folder === 'web-functions') continue;
      const sources = join(root, 'apps', name, folder);
      for (const file of (await readdir(sources)).sort()) {
        if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
        const service = basename(file, '.ts');
        const entry = join(sources, file);
        found.push({ app, service, entry, outdir: join(root, 'dist/apps', app, service) });
      }
    }
  }
  return found;
}

/** A hash of everything that a build depends on. */
async function fingerprint(): Promise<string> {
  const sources = [
    '{libs,apps}/**/*.{ts,js,mjs,json}',
    'tools/docker/{Dockerfile,*.mjs}',
    'tools/build/{b*,fixed-modes}.ts',
  ];
  return (await contentsHash(root, [...sources, 'package-lock.json'])).digest('hex');
}

/** One built artifact. */
export interface Built {
  readonly deployable: Deployable;
  readonly bytes: number;
}

/**
 * Builds the apps' artifacts unless they are up to date.
 * @param options.force builds even if nothing has changed
 * @throws Error with esbuild's message when a root does not compile
 */
export async function buildApps(
  apps: readonly string[] = BUILT_APPS,
  options: { force?: boolean; onBuilt?: (built: Built) => void } = {},
): Promise<{ cached: boolean; artifacts: number }> {
  const wanted = await deployables(apps);
  const stamp = join(root, 'dist/apps/.built');
  const print = await fingerprint();
  const all = apps.length === BUILT_APPS.length;
  const present = wanted.every((d) => existsSync(join(d.outdir, 'index.mjs')));
  if (!options.force && present && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) {
    // A copied checkout may have changed them.
    for (const { outdir } of wanted) await fixModes(outdir);
    return { cached: true, artifacts: wanted.length };
  }
  const sizes = await bundle(wanted, root);
  wanted.forEach((deployable, index) => {
    options.onBuilt?.({ deployable, bytes: sizes[index] ?? 0 });
  });
  if (all) writeFileSync(stamp, print);
  // The stamp describes all artifacts, and some of them are newer now.
  else rmSync(stamp, { force: true });
  return { cached: false, artifacts: wanted.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const quiet = args.includes('--quiet');
  const apps = args.filter((arg) => !arg.startsWith('--'));
  const started = performance.now();
  try {
    const result = await buildApps(apps.length > 0 ? apps : BUILT_APPS, {
      force: args.includes('--force'),
      onBuilt: ({ deployable, bytes }) => {
        if (quiet) return;
        const kb = Math.round(bytes / 1024);
        console.log(`  ${deployable.app}/${deployable.service}  ${kb} kB`);
      },
    });
    const ms = Math.round(performance.now() - started);
    if (!quiet) {
      console.log(
        result.cached ? 'Artifacts are up to date.' : `${result.artifacts} artifacts in ${ms} ms`,
      );
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
