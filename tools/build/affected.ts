import { readFile } from 'node:fs/promises';
import type { Variant } from '@triptych/base/variants';
import { appOf } from './build.ts';
import { type Deployable, type Description, descriptionOf } from './bundle.ts';

/** A composition root and the source files in its artifact, relative to the repository. */
export interface WatchedRoot {
  readonly deployable: Deployable;
  readonly sources: ReadonlySet<string>;
}

/** Reads each root's source files from the last build. @throws Error when there is no build */
export function readRoots(
  deployables: readonly Deployable[],
  root: string,
): Promise<WatchedRoot[]> {
  return Promise.all(
    deployables.map(async (deployable) => {
      const text = await readFile(descriptionOf(deployable, root), 'utf8');
      const { sources = [] } = JSON.parse(text) as Partial<Description>;
      return { deployable, sources: new Set(sources) };
    }),
  );
}

/** The roots that use any of these files. */
export function affectedBy(files: readonly string[], roots: readonly WatchedRoot[]): Deployable[] {
  return roots
    .filter(({ sources }) => files.some((file) => sources.has(file)))
    .map(({ deployable }) => deployable);
}

/** The stacks that run the artifacts of roots, each once. Each variant has its own payment provider. */
export function stacksOf(
  deployables: readonly Deployable[],
  variants: readonly Variant[],
): string[] {
  const stacks = deployables.flatMap(({ app, service }) =>
    app === 'payment-simulator'
      ? variants.map((variant) => `triptych-${variant}-provider`)
      : [`triptych-${appOf(app)}-${service}`],
  );
  return [...new Set(stacks)];
}
