import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { variants } from '@triptych/base/variants';
import { buildApps } from '@triptych/build/build';
import { synthesize } from '@triptych/build/synth';

/**
 * Builds the artifacts and synthesizes the templates of all variants with the settings for AWS (two tasks per service). Cost
 * and complexity are computed from them.
 * @throws UserError if synthesis fails
 */
export async function awsTemplates(): Promise<{ assembly: string; artifacts: string }> {
  await buildApps();
  const { assembly } = await synthesize(repositoryRoot, {
    TRIPTYCH_VARIANTS: variants.join(','),
    TRIPTYCH_STAGE: '',
    TRIPTYCH_REGION: '',
    TRIPTYCH_ACCOUNT: '',
    TRIPTYCH_TASKS_PER_SERVICE: '2',
  });
  return { assembly, artifacts: join(repositoryRoot, 'dist/apps') };
}
