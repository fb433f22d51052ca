import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { slashedPath } from '@triptych/base/slashed-path';
import { type BuildOptions, build, type Metafile, type Plugin, stop } from 'esbuild';
import { fixModes } from './fixed-modes.ts';

/** A composition root and the folder of its artifact. */
export interface Deployable {
  readonly app: string;
  readonly service: string;
  /** Absolute path of the composition root. */
  readonly entry: string;
  /** Absolute path of the artifact folder. */
  readonly outdir: string;
}

/** Native modules are not bundled. `npm run deploy` installs them for the target platform. */
export const NATIVE_MODULES = ['sharp', '@node-rs/argon2'];

/** Files of tools/docker that are copied beside a container's bundle, and their names there. */
const CONTAINER_FILES = [
  ['Dockerfile', 'Dockerfile'],
  ['service-health.mjs', 'health.mjs'],
  ['start-service.mjs', 'start.mjs'],
  ['deployment-session.mjs', 'deployment-session.mjs'],
] as const;

// CommonJS dependencies call `require` for builtins, but an ES module does not have it.
const BANNER =
  "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);";

/**
 * In an ES module, `import 'node:http'` reads every export. One of them, the lazy getter WebSocket, loads all of undici,
 * which costs about 80 ms of CPU at each cold start. Taking the builtin as an object loads only the exports in use.
 */
const lazyHttp: Plugin = {
  name: 'lazy-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path, kind }) =>
      kind === 'require-call'
        ? undefined
        : { path: path.replace('node:', ''), namespace: 'builtin', sideEffects: false },
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      loader: 'js',
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};

/**
 * Leaves out ajv and fast-json-stringify, a megabyte to parse at each cold start. Fastify loads its own compilers only when
 * it is given none, and it is given ours (libs/platform/http/validation.ts). If something loads them anyway, it fails
 * locally as on AWS.
 */
const withoutFastifyCompilers: Plugin = {
  name: 'without-fastify-compilers',
  setup({ onResolve, onLoad }) {
    const filter = /^@fastify\/(ajv-compiler|fast-json-stringify-compiler)$/;
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      loader: 'js',
      contents: `throw new Error('${path} is not in the bundle: buildApp gives Fastify its compilers');`,
    }));
  },
};

/** The path of a root's artifact, relative to the repository and with slashes, as in esbuild's metafile. */
export const artifactOf = (deployable: Deployable, root: string) =>
  slashedPath(relative(root, join(deployable.outdir, 'index.mjs')));

/** esbuild's options for many roots. One call parses their shared sources only once. */
export function bundleSettings(deployables: readonly Deployable[], root: string) {
  return {
    absWorkingDir: root,
    entryPoints: deployables.map((deployable) => ({
      in: deployable.entry,
      out: artifactOf(deployable, root).replace(/\.mjs$/, ''),
    })),
    outdir: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Prefer ES module builds: esbuild drops unused exports from them, which shortens cold starts.
    mainFields: ['module', 'main'],
    banner: { js: BANNER },
    external: NATIVE_MODULES,
    plugins: [lazyHttp, withoutFastifyCompilers],
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
  } satisfies BuildOptions;
}

/**
 * Bundles each composition root into `<outdir>/index.mjs`: the artifact that runs locally and is deployed. A root that
 * runs as a container also gets the Dockerfile, its health check and the program that starts it in compose. The files'
 * permissions do not depend on the umask.
 * @returns the artifacts' sizes in bytes, in the order given
 * @throws Error with esbuild's message (file and line) when a bundle does not compile
 */
export async function bundle(deployables: readonly Deployable[], root: string): Promise<number[]> {
  for (const { outdir } of deployables) await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build(bundleSettings(deployables, root));
  // Otherwise esbuild's process would keep everything it parsed (1 GB) until this process ends.
  await stop();
  const sizes = await Promise.all(
    deployables.map((deployable) => describe(deployable, metafile, root)),
  );
  for (const { outdir } of deployables) await fixModes(outdir);
  return sizes;
}

/** The metadata of an artifact; see {@link describe}. */
export type Description = Metafile['outputs'][string] & { readonly sources: readonly string[] };

/** The path of an artifact's description. */
export const descriptionOf = ({ app, service }: Deployable, root: string) =>
  join(root, 'dist/meta', `${app}-${service}.json`);

/**
 * Writes the metadata of a bundle to dist/meta, for packaging, the complexity count and `npm run dev`. Copies the files
 * of a container beside its artifact.
 * @returns the artifact's size in bytes
 */
export async function describe(
  deployable: Deployable,
  metafile: Metafile,
  root: string,
): Promise<number> {
  const output = metafile.outputs[artifactOf(deployable, root)];
  if (!output) throw new Error(`esbuild wrote no ${artifactOf(deployable, root)}`);
  const file = descriptionOf(deployable, root);
  const sources = sourcesOf(metafile, slashedPath(relative(root, deployable.entry)));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...output, sources } satisfies Description));
  if (Object.keys(output.inputs).some((input) => input.startsWith('libs/platform/container/'))) {
    for (const [source, name] of CONTAINER_FILES) {
      await copyFile(join(root, 'tools/docker', source), join(deployable.outdir, name));
    }
  }
  return output.bytes;
}

/** The repository's files that a root imports, including files that leave nothing in the bundle (types). */
function sourcesOf(metafile: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path } of metafile.inputs[file]?.imports ?? []) {
      if (metafile.inputs[path] && !/node_modules|^[a-z-]+:/.test(path)) found.add(path);
    }
  }
  return [...found].sort();
}
