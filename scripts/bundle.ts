import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile, type Plugin, stop } from 'esbuild';

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

/**
 * Bundles composition roots, each into `<outdir>/index.mjs`: the artifact that runs locally and is deployed.
 * A root that runs as a container also gets the Dockerfile beside it. One call for all of them, because they
 * share most modules and each is then parsed once.
 * @returns the artifacts' sizes in bytes, in the order given
 * @throws when a bundle does not compile; the message is esbuild's own, with file and line
 */
export async function bundle(deployables: readonly Deployable[], root: string): Promise<number[]> {
  for (const { outdir } of deployables) await rm(outdir, { recursive: true, force: true });
  const out = (deployable: Deployable) => relative(root, join(deployable.outdir, 'index.mjs'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: deployables.map((deployable) => ({
      in: deployable.entry,
      out: out(deployable).replace(/\.mjs$/, ''),
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
  });
  // esbuild's own process would stay, with everything it parsed (1 GB), as long as this one lives.
  await stop();
  const sizes: number[] = [];
  for (const deployable of deployables) {
    const output = metafile.outputs[out(deployable)];
    if (!output) throw new Error(`esbuild wrote no ${out(deployable)}`);
    sizes.push(output.bytes);
    await describe(deployable, output, root);
  }
  return sizes;
}

type Output = Metafile['outputs'][string];

/** What a bundle is made of goes to dist/meta: `package` and the complexity count read it. */
async function describe(deployable: Deployable, output: Output, root: string): Promise<void> {
  const meta = join(root, 'dist/meta', `${deployable.app}-${deployable.service}.json`);
  await mkdir(dirname(meta), { recursive: true });
  await writeFile(meta, JSON.stringify(output));
  const runsAsContainer = Object.keys(output.inputs).some((file) =>
    file.startsWith('libs/platform/container/'),
  );
  if (runsAsContainer) {
    await copyFile(join(root, 'apps/service.Dockerfile'), join(deployable.outdir, 'Dockerfile'));
  }
}
