import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildResult, build } from 'esbuild';

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
 * Bundles one composition root into `<outdir>/index.mjs`, the artifact that runs locally and is deployed.
 * A root that runs as a container also gets the Dockerfile beside it.
 * @returns the artifact's size in bytes
 * @throws when the bundle does not compile; the message is esbuild's own, with file and line
 */
export async function bundle(deployable: Deployable, root: string): Promise<number> {
  await rm(deployable.outdir, { recursive: true, force: true });
  await mkdir(deployable.outdir, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: [deployable.entry],
    outfile: join(deployable.outdir, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Prefer ES module builds: esbuild drops what is not used, which shortens cold starts.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    external: nativeModules,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  if (runsAsContainer(result)) {
    await copyFile(join(root, 'apps/service.Dockerfile'), join(deployable.outdir, 'Dockerfile'));
  }
  const meta = join(root, 'dist/meta');
  await mkdir(meta, { recursive: true });
  await writeFile(
    join(meta, `${deployable.app}-${deployable.service}.json`),
    JSON.stringify(result.metafile),
  );
  return Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
}

function runsAsContainer(result: BuildResult<{ metafile: true }>): boolean {
  return Object.keys(result.metafile.inputs).some((file) =>
    file.startsWith('libs/platform/container/'),
  );
}
