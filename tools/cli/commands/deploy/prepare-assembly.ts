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

interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** The settings of the templates that a deployment fixes. With the region, what it lacks is an error before they are made. */
export function deployedSettings(
  variants: readonly Variant[],
  dist: string,
  { account, region }: AccountRegion,
): Record<string, string> {
  return {
    TRIPTYCH_VARIANTS: variants.join(','),
    TRIPTYCH_DIST: dist,
    TRIPTYCH_ACCOUNT: account,
    TRIPTYCH_REGION: region,
  };
}

/**
 * Builds the artifacts, adds native modules for the target, and synthesizes the templates for an account and region.
 * @throws UserError when npm cannot install the modules, or the templates cannot be made
 */
export async function prepareAssembly(
  variants: readonly Variant[],
  place: AccountRegion,
): Promise<Assembly> {
  const architecture = architectureFrom(process.env.TRIPTYCH_ARCHITECTURE);
  await buildApps();
  const dist = await packageArtifacts(repositoryRoot, variants, architecture);
  const settings = deployedSettings(variants, dist, place);
  const { assembly: folder } = await synthesize(repositoryRoot, settings);
  return { folder, stacks: await readAssembly(folder) };
}
