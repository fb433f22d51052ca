import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { variants } from '@triptych/base/variants';
import { buildApps } from '@triptych/build/build';
import { synthesize } from '@triptych/build/synth';

/**
 * What cost and complexity are counted from: built artifacts, and the templates of all variants with the settings AWS would get
 * (two tasks for each service, the simulated provider left out of nothing).
 * @throws UserError when the templates do not synthesize
 */
export async function awsTemplates(): Promise<{ assembly: string; artifacts: string }> {
  await buildApps();
  const { assembly } = await synthesize(repositoryRoot, {
    TRIPTYCH_VARIANTS: variants.join(','),
    TRIPTYCH_TASKS_PER_SERVICE: '2',
  });
  return { assembly, artifacts: join(repositoryRoot, 'dist/apps') };
}
