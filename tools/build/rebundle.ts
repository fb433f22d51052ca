import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildFailure, build } from 'esbuild';
import { artifactOf, bundleSettings, type Deployable, describe } from './bundle.ts';
import { fixModes } from './fixed-modes.ts';

/**
 * Rebuilds artifacts that are in use. Replaces each changed artifact atomically, and only if all roots compile.
 * @returns the roots whose artifacts have changed
 * @throws Error with one line, `file:line:column: message`, when a root does not compile; no artifact is replaced then
 */
export async function rebundle(
  deployables: readonly Deployable[],
  root: string,
): Promise<Deployable[]> {
  const { outputFiles, metafile } = await build({
    ...bundleSettings(deployables, root),
    write: false,
  }).catch((failure: BuildFailure) => {
    throw new Error(firstFault(failure));
  });
  const changed: Deployable[] = [];
  for (const deployable of deployables) {
    const artifact = join(root, artifactOf(deployable, root));
    const made = outputFiles.find(({ path }) => path === artifact);
    if (!made) throw new Error(`esbuild made no ${artifact}`);
    const had = await readFile(artifact).catch(() => undefined);
    if (had?.equals(made.contents)) continue;
    const beside = `${artifact}.new`;
    await writeFile(beside, made.contents);
    await rename(beside, artifact);
    await describe(deployable, metafile, root);
    await fixModes(deployable.outdir);
    changed.push(deployable);
  }
  // The stamp of the last complete build does not describe them.
  if (changed.length > 0) await rm(join(root, 'dist/apps/.built'), { force: true });
  return changed;
}

function firstFault({ errors, message }: BuildFailure): string {
  const [fault] = errors ?? [];
  if (!fault) return message;
  const { file, line, column } = fault.location ?? {};
  const also = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${file ? `${file}:${line}:${(column ?? 0) + 1}: ` : ''}${fault.text}${also}`;
}
