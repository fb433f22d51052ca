import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariants, type Variant, variants } from '@triptych/base/variants';
import { architectureFrom } from '@triptych/build/architecture';
import { buildApps } from '@triptych/build/build';
import { packageArtifacts } from '@triptych/build/package-artifacts';
import { checkService } from '@triptych/shop/deploy/cdk';
import { AWS_FLAGS, AWS_USAGE, awsTarget } from './aws-target.ts';

const USAGE = `npm run deploy -- <variant[,variant]|all> [--plan | --diff] [--yes] [--service catalog] [--to localstack]

Checks the account, shows what will be created, what it costs and which permissions it grants, and asks once. Then deploys, waits
until the services answer, creates the first admin, seeds, runs smoke checks, and prints the addresses.

  --plan             only show what would change, with its price; without a variant, for all of them
  --diff             the same, with a line for each resource
  --yes              do not ask; required without a terminal
  --no-seed          no products
  --stacks-only      stop when the stacks are deployed
  --service catalog  only this service's stack and the stacks it needs
${AWS_USAGE}
  --package          only add native modules to the artifacts, for TRIPTYCH_ARCHITECTURE
  --to localstack    deploy into LocalStack instead of AWS
  --endpoint <url>   the LocalStack endpoint (default: http://localhost:4566)
  --write-env <dir>  also write the settings that the containers and the edge start with

TRIPTYCH_ADMIN_EMAIL and TRIPTYCH_ADMIN_PASSWORD set the first admin. On a terminal, a password is made and shown once.`;

const FLAGS = {
  ...AWS_FLAGS,
  service: { type: 'string' },
  plan: { type: 'boolean', default: false },
  diff: { type: 'boolean', default: false },
  'no-seed': { type: 'boolean', default: false },
  'stacks-only': { type: 'boolean', default: false },
  to: { type: 'string', default: 'aws' },
  endpoint: { type: 'string' },
  'write-env': { type: 'string' },
  package: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseFlags<typeof FLAGS>>['values'];

/**
 * `npm run deploy -- <variant>`: deploys to AWS with the operator's credentials, or to LocalStack.
 * @throws UserError when flags contradict each other or the deployment fails
 */
export async function deploy(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, FLAGS, USAGE);
  const wanted = wantedVariants(positionals[0], values.plan || values.diff);
  const { service, to } = values;
  checkFlags(values);
  checkService(service);
  if (values.package) return packageOnly(wanted);
  if (to === 'localstack') return toLocalStack(wanted, values);
  const { deployToAws } = await import('./deploy/deploy-to-aws.ts');
  return deployToAws({
    variants: wanted,
    service,
    target: await awsTarget(values),
    yes: values.yes === true,
    show: values.diff ? 'diff' : values.plan ? 'plan' : undefined,
    seed: !values['no-seed'],
    stacksOnly: values['stacks-only'] === true || service !== undefined,
  });
}

/**
 * The variants that an argument names. A plan without an argument is for all of them, because it changes nothing.
 * @throws UserError for an unknown name, and when a deployment names none
 */
export function wantedVariants(argument: string | undefined, onlyShow: boolean): Variant[] {
  const all = argument === 'all' || (argument === undefined && onlyShow);
  return all ? [...variants] : parseVariants(argument ?? '');
}

/** @throws UserError when flags contradict each other */
function checkFlags({ to, service, endpoint, stage, 'write-env': writeEnv }: Values): void {
  if (to !== 'aws' && to !== 'localstack') {
    throw new UserError(`--to takes aws or localstack, not "${to}".`);
  }
  if (to === 'aws' && (endpoint || writeEnv)) {
    throw new UserError('--endpoint and --write-env need --to localstack.');
  }
  if (to === 'localstack' && stage) throw new UserError('--stage is for AWS.');
  if (service && writeEnv) {
    throw new UserError('--write-env describes whole variants: omit --service.');
  }
}

async function packageOnly(wanted: readonly Variant[]): Promise<void> {
  const architecture = architectureFrom(process.env.TRIPTYCH_ARCHITECTURE);
  console.log('Building …');
  await buildApps();
  console.log(`Adding native modules for linux/${architecture} …`);
  await packageArtifacts(repositoryRoot, wanted, architecture);
}

async function toLocalStack(wanted: readonly Variant[], values: Values): Promise<void> {
  const { service, endpoint, 'write-env': writeEnvTo } = values;
  const { deployToLocalStack } = await import('@triptych/localstack/deploy');
  return deployToLocalStack({
    variants: wanted,
    ...(service === undefined ? {} : { service }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(writeEnvTo === undefined ? {} : { writeEnvTo }),
  });
}
