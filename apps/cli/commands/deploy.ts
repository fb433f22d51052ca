import { buildApps } from '../../../scripts/build.ts';
import { cdkDeploy, stackPattern } from '../deploy/cdk.ts';
import { packageArtifacts } from '../deploy/package-artifacts.ts';
import { repositoryRoot } from '../start/shop.ts';
import { parseVariant } from '../variants.ts';
import { parseFlags } from './flags.ts';

const usage = 'npm run deploy -- <variant> [--service catalog]';

/**
 * `npm run deploy -- <variant>`: builds the artifacts, installs their native modules for the target
 * (Linux on ARM64) and deploys the variant's stacks, or one service's, with the operator's credentials.
 */
export async function deploy(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, { service: { type: 'string' } }, usage);
  const variant = parseVariant(positionals[0]);
  const pattern = stackPattern(variant, values.service);
  console.log('Building …');
  await buildApps(undefined, { force: true });
  console.log('Installing native modules for linux/arm64 …');
  await packageArtifacts(repositoryRoot, variant);
  console.log(`Deploying ${pattern} …`);
  await cdkDeploy(repositoryRoot, variant, pattern);
}
