import { repositoryRoot } from '@triptych/base/repository-root';
import type { Variant } from '@triptych/base/variants';
import { architectureFrom } from '@triptych/build/architecture';
import { buildApps } from '@triptych/build/build';
import { packageArtifacts } from '@triptych/build/package-artifacts';
import { synthesize } from '@triptych/build/synth';
import { type AssemblyStack, readAssembly } from '@triptych/shop/deploy/read-assembly';

export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly AssemblyStack[];
}

/**
 * Builds the artifacts, adds native modules for the target, and synthesizes the templates for an account and region.
 * @throws UserError when npm cannot install the modules, or the templates cannot be made
 */
export async function prepareAssembly(
  variants: readonly Variant[],
  { account, region }: { readonly account: string; readonly region: string },
): Promise<Assembly> {
  const architecture = architectureFrom(process.env.TRIPTYCH_ARCHITECTURE);
  await buildApps();
  const dist = await packageArtifacts(repositoryRoot, variants, architecture);
  const { assembly: folder } = await synthesize(repositoryRoot, {
    TRIPTYCH_VARIANTS: variants.join(','),
    TRIPTYCH_DIST: dist,
    TRIPTYCH_ACCOUNT: account,
    TRIPTYCH_REGION: region,
  });
  return { folder, stacks: await readAssembly(folder) };
}
