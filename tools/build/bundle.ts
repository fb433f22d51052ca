import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { slashedPath } from '@triptych/base/slashed-path';
import { type BuildOptions, build, type Metafile, type Plugin, stop } from 'esbuild';

/** One deployable: a composition root and the folder its artifact goes to. */
export interface Deployable {
  readonly app: string;
  readonly service: string;
  /** Absolute path of the composition root. */
  readonly entry: string;
  /** Absolute path of the artifact folder. */
  readonly outdir: string;
}

/** Native modules stay outside the bundle; `package` installs them for the target before deploying. */
export const nativeModules = ['sharp', '@node-rs/argon2'];

// Some dependencies are CommonJS and call `require` for builtins; an ES module has none of its own.
const banner =
  "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);";

/**
 * `import 'node:http'` in an ES module reads every export of it, one of which (WebSocket, a lazy getter) loads all of
 * undici: some 80 ms of CPU at each cold start. The builtin taken as an object loads only what is used.
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
 * Fastify asks for its own compilers only when it is given none. Ours are given (libs/platform/http/validation.ts), and
 * ajv and its kin are a megabyte to parse at each cold start. Should they be asked for after all, it fails everywhere
 * alike, here as on AWS.
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

/** Where a root's artifact goes, relative to the repository and with slashes, as esbuild names it. */
export const artifactOf = (deployable: Deployable, root: string) =>
  slashedPath(relative(root, join(deployable.outdir, 'index.mjs')));

/** How roots become artifacts; one call of esbuild for many, which then parses what they share once. */
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
    // Prefer ES module builds: esbuild drops what is not used, which shortens cold starts.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    external: nativeModules,
    plugins: [lazyHttp, withoutFastifyCompilers],
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
  } satisfies BuildOptions;
}

/**
 * Bundles composition roots, each into `<outdir>/index.mjs`: the artifact that runs locally and is deployed.
 * A root that runs as a container also gets the Dockerfile beside it, and its image's health check.
 * @returns the artifacts' sizes in bytes, in the order given
 * @throws when a bundle does not compile; the message is esbuild's own, with file and line
 */
export async function bundle(deployables: readonly Deployable[], root: string): Promise<number[]> {
  for (const { outdir } of deployables) await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build(bundleSettings(deployables, root));
  // esbuild's own process would stay, with everything it parsed (1 GB), as long as this one lives.
  await stop();
  return Promise.all(deployables.map((deployable) => describe(deployable, metafile, root)));
}

/** What is known of an artifact; see {@link describe}. */
export type Description = Metafile['outputs'][string] & { readonly sources: readonly string[] };

/** Where the description of an artifact is. */
export const descriptionOf = ({ app, service }: Deployable, root: string) =>
  join(root, 'dist/meta', `${app}-${service}.json`);

/**
 * What a bundle is made of goes to dist/meta: `package`, the complexity count and `npm run dev` read it. A container gets its
 * Dockerfile.
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
    await copyFile(join(root, 'tools/docker/Dockerfile'), join(deployable.outdir, 'Dockerfile'));
    await copyFile(
      join(root, 'tools/docker/service-health.mjs'),
      join(deployable.outdir, 'health.mjs'),
    );
  }
  return output.bytes;
}

/** Our own files that a root imports, also those of which nothing is left in its bundle. */
function sourcesOf(metafile: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path } of metafile.inputs[file]?.imports ?? []) {
      if (metafile.inputs[path] && !/node_modules|^[a-z-]+:/.test(path)) found.add(path);
    }
  }
  return [...found].sort();
}
