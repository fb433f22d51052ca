import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariants, variants } from '@triptych/base/variants';
import { architectureFrom } from '@triptych/build/architecture';
import { buildApps } from '@triptych/build/build';
import { packageArtifacts } from '@triptych/build/package-artifacts';
import { cdkDeploy, checkService, stackPattern } from '@triptych/shop/deploy/cdk';

const USAGE = `npm run deploy -- <variant[,variant]|all> [--service catalog] [--to localstack]

Builds the artifacts, adds native modules for the target and deploys the stacks of a variant with CDK.

  --service catalog        deploy only this service's stack and the stacks it needs
  --package                stop before deploying; keep the artifacts with native modules for TRIPTYCH_ARCHITECTURE
  --to localstack          deploy into LocalStack instead of the AWS account of your credentials
  --endpoint <url>         the LocalStack endpoint (default: http://localhost:4566)
  --write-env <folder>     also write the settings that the containers and the edge start with`;

/**
 * `npm run deploy -- <variant>`: deploys to AWS with the operator's credentials, or to LocalStack.
 * @throws UserError when flags contradict each other or the deployment fails
 */
export async function deploy(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    {
      service: { type: 'string' },
      to: { type: 'string', default: 'aws' },
      endpoint: { type: 'string' },
      'write-env': { type: 'string' },
      package: { type: 'boolean', default: false },
    },
    USAGE,
  );
  const wanted = positionals[0] === 'all' ? variants : parseVariants(positionals[0] ?? '');
  const { service, to, endpoint } = values;
  checkService(service);
  if (service && values['write-env']) {
    throw new UserError('--write-env describes whole variants: omit --service.');
  }
  if (to === 'localstack' && !values.package) {
    const { deployToLocalStack } = await import('@triptych/localstack/deploy');
    const writeEnvTo = values['write-env'];
    return deployToLocalStack({
      variants: wanted,
      ...(service === undefined ? {} : { service }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(writeEnvTo === undefined ? {} : { writeEnvTo }),
    });
  }
  if (to !== 'aws' && to !== 'localstack') {
    throw new UserError(`--to takes aws or localstack, not "${to}".`);
  }
  if (to === 'aws' && (endpoint || values['write-env'])) {
    throw new UserError('--endpoint and --write-env need --to localstack.');
  }
  const architecture = architectureFrom(process.env.TRIPTYCH_ARCHITECTURE);
  console.log('Building …');
  await buildApps();
  console.log(`Adding native modules for linux/${architecture} …`);
  const dist = await packageArtifacts(repositoryRoot, wanted, architecture);
  if (values.package) return;
  for (const variant of wanted) {
    const pattern = stackPattern(variant, service);
    console.log(`Deploying ${pattern} …`);
    await cdkDeploy(repositoryRoot, variant, pattern, dist);
  }
}
