import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { variants } from '@triptych/base/variants';
import { buildApps } from '@triptych/build/build';
import { synthesize } from '@triptych/build/synth';
import type { Target } from '../data/index.ts';

/** The folders with the templates for AWS. */
export interface Assemblies {
  /** The templates of all variants with their default settings. */
  readonly assembly: string;
  /** The templates of serverless with Web Functions, if a target has them. */
  readonly webAssembly?: string | undefined;
}

export interface AwsTemplates extends Assemblies {
  /** The folder of the built artifacts. */
  readonly artifacts: string;
}

/** Whether a target serves HTTP with Web Functions. */
export function isWeb({ http }: Pick<Target, 'http'>): boolean {
  return http === 'web-functions';
}

/** The folder with the templates of a target. */
export function assemblyOf(
  target: Pick<Target, 'http'>,
  { assembly, webAssembly = assembly }: Assemblies,
): string {
  return isWeb(target) ? webAssembly : assembly;
}

/**
 * Builds the artifacts and synthesizes the templates of all variants with the settings for AWS (two tasks per service). Cost
 * and complexity are computed from them.
 * @throws UserError if synthesis fails
 */
export async function awsTemplates(
  targets: readonly Pick<Target, 'http'>[],
): Promise<AwsTemplates> {
  await buildApps();
  const settings = {
    TRIPTYCH_STAGE: '',
    TRIPTYCH_REGION: '',
    TRIPTYCH_ACCOUNT: '',
    TRIPTYCH_TASKS_PER_SERVICE: '2',
  };
  const { assembly } = await synthesize(repositoryRoot, {
    ...settings,
    TRIPTYCH_VARIANTS: variants.join(','),
    TRIPTYCH_HTTP: 'event-functions',
  });
  const artifacts = join(repositoryRoot, 'dist/apps');
  if (!targets.some(isWeb)) return { assembly, artifacts };
  const web = await synthesize(repositoryRoot, {
    ...settings,
    TRIPTYCH_VARIANTS: 'serverless',
    TRIPTYCH_HTTP: 'web-functions',
    // The services need an address before their CDN exists. No count and no price depends on it.
    TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example.com',
  });
  return { assembly, webAssembly: web.assembly, artifacts };
}
