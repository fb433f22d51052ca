import { join, resolve } from 'node:path';
import { CloudFormationClient, paginateListExports } from '@aws-sdk/client-cloudformation';
import colors from 'picocolors';
import { buildApps } from '../../../scripts/build.ts';
import { packageArtifacts } from '../deploy/package-artifacts.ts';
import { seconds } from '../start/progress.ts';
import { repositoryRoot } from '../start/shop.ts';
import { synthesize } from '../start/synth.ts';
import { UserError } from '../user-error.ts';
import type { Variant } from '../variants.ts';
import { localStackAws } from './aws.ts';
import { bootstrap, type CdkLocal, deployStacks } from './cdklocal.ts';
import { chooseStacks } from './choose-stacks.ts';
import { filterAssembly } from './filter/filter-assembly.ts';
import type { NamedTemplate } from './filter/filter-templates.ts';
import { nameLeftOut } from './filter/name-left-out.ts';
import {
  type Deployed,
  lookUpStack,
  type Missing,
  nameMissing,
  openClients,
} from './look-up/index.ts';
import { mend, mendHalfFinished } from './mend.ts';
import { preflight } from './preflight/index.ts';
import { listStacks, reportedResources, withDependents } from './stack-states.ts';
import { synthSettings } from './synth-settings.ts';
import { writeEnv } from './write-env/index.ts';

export interface LocalStackOptions {
  readonly variants: readonly Variant[];
  /** One service's stack, with those it needs; absent: all. */
  readonly service?: string;
  readonly endpoint?: string;
  /** Folder for what containers and the edge start from. */
  readonly writeEnvTo?: string;
}

const bootstrapStack = 'CDKToolkit';

/**
 * `npm run deploy -- <variant> --to localstack`: what LocalStack's free edition can hold of the stacks, deployed by CDK and
 * then looked up.
 * @throws UserError with one line for everything the user can mend
 */
export async function deployToLocalStack(options: LocalStackOptions): Promise<void> {
  const { variants, service, endpoint = 'http://localhost:4566', writeEnvTo } = options;
  const print = (line: string) => console.log(line);
  let since = performance.now();
  const step = (what: string, detail: string) => {
    const took = seconds(performance.now() - since);
    print(`${colors.green('✓')} ${took}  ${what.padEnd(12)} ${detail}`);
    since = performance.now();
  };
  const { localStack, warnings } = await preflight(endpoint.replace(/\/$/, ''));
  step(
    'found',
    `LocalStack ${localStack.version} (${localStack.edition}) at ${localStack.endpoint}`,
  );
  for (const warning of warnings) print(`${colors.yellow('!')}          laxer        ${warning}`);

  const { architecture } = localStack;
  const built = await buildApps();
  step('built', `${built.artifacts} artifacts${built.cached ? ', unchanged' : ''}`);
  const dist = await packageArtifacts(repositoryRoot, variants, architecture);
  step('packaged', `native modules for linux/${architecture}`);
  const settings = synthSettings(localStack, variants, process.env);
  const synth = await synthesize(repositoryRoot, { ...settings, TRIPTYCH_DIST: dist });
  const assembly = join(repositoryRoot, '.triptych', 'localstack');
  const filtered = await filterAssembly(synth.assembly, assembly);
  step('synthesized', `${filtered.templates.length} stacks${synth.cached ? ', unchanged' : ''}`);
  for (const variant of variants) {
    const line = nameLeftOut(variant, filtered);
    if (line) print(`${colors.yellow('!')}          left out     ${line}`);
  }

  const chosen = chooseStacks(filtered.templates, filtered.dependencies, service);
  const cloudFormation = new CloudFormationClient(localStackAws(localStack.endpoint));
  const clients = openClients(localStack.endpoint);
  const cdk: CdkLocal = { root: repositoryRoot, endpoint: localStack.endpoint, assembly };
  const surroundings = { cloudFormation, clients, print };
  try {
    await mendHalfFinished(surroundings, filtered.dependencies);
    if ((await listStacks(cloudFormation, bootstrapStack)).length === 0) {
      await bootstrap(cdk);
      step('bootstrapped', 'the bucket and roles that CDK deploys through');
    }
    const bringUp = async () => {
      await deployStacks(
        cdk,
        chosen.map(({ name }) => name),
        (stack, changed) => step(changed ? 'deployed' : 'unchanged', stack),
      );
      return verify(surroundings, chosen);
    };
    let found = await bringUp();
    if (found.missing.length > 0) {
      const broken = new Set(found.missing.map(({ stack }) => stack));
      const names = withDependents(broken, filtered.dependencies);
      await mend(surroundings, names, `${nameMissing(found.missing)}`);
      found = await bringUp();
    }
    if (found.missing.length > 0) throw new UserError(`${nameMissing(found.missing)}.`);
    step('looked up', `${found.count} resources are there`);
    if (writeEnvTo) {
      const { stacks, exports } = found;
      const target = { endpoint: localStack.endpoint, assembly: synth.assembly, exports, stacks };
      const written = await writeEnv(resolve(writeEnvTo), target);
      step('written', `${written.length} environments of containers, resources.json, assembly`);
    }
    if (variants.includes('serverless')) {
      print(`\nserverless: ${settings.TRIPTYCH_BASE_URL_SERVERLESS}`);
    }
  } finally {
    clients.close();
    cloudFormation.destroy();
  }
}

interface Surroundings {
  readonly cloudFormation: CloudFormationClient;
  readonly clients: ReturnType<typeof openClients>;
}

/** Looks up everything that was deployed, a stack at a time. */
async function verify(
  { cloudFormation, clients }: Surroundings,
  templates: readonly NamedTemplate[],
) {
  const exports = new Map<string, string>();
  for await (const page of paginateListExports({ client: cloudFormation }, {})) {
    for (const { Name, Value } of page.Exports ?? []) if (Name && Value) exports.set(Name, Value);
  }
  const stacks = new Map<string, ReadonlyMap<string, Deployed>>();
  const missing: Missing[] = [];
  let count = 0;
  for (const template of templates) {
    const reported = await reportedResources(cloudFormation, template.name);
    const ids = new Map(reported.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
    const found = await lookUpStack(clients, template, ids, exports);
    stacks.set(template.name, found.deployed);
    missing.push(...found.missing);
    count += found.deployed.size;
  }
  return { stacks, exports, missing, count };
}
