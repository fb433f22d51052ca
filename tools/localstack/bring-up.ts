import { paginateListExports } from '@aws-sdk/client-cloudformation';
import { UserError } from '@triptych/base/user-error';
import { bootstrapOnce } from './bootstrap-once.ts';
import { type CdkLocal, deployStacks } from './cdklocal.ts';
import type { Dependencies } from './choose-stacks.ts';
import type { NamedTemplate } from './filter/filter-templates.ts';
import { type Deployed, describeMissing, lookUpStack, type Missing } from './look-up/index.ts';
import {
  type LocalStackAccess,
  removeHalfFinished,
  removeStacks,
  removeStrayBuses,
} from './remove-leftovers.ts';
import { reportedResources, withDependents } from './stack-states.ts';

/** The state of LocalStack after a deployment. */
export interface DeployedState {
  /** The exports of all stacks, by name. */
  readonly exports: ReadonlyMap<string, string>;
  /** The resources, by stack and logical id. */
  readonly stacks: ReadonlyMap<string, ReadonlyMap<string, Deployed>>;
  readonly missing: readonly Missing[];
  readonly count: number;
}

/** An assembly for LocalStack, and which of its stacks to deploy. */
export interface DeploymentPlan {
  readonly templates: readonly NamedTemplate[];
  readonly order: readonly Dependencies[];
  /** Names of the stacks to deploy, dependencies included. */
  readonly chosen: readonly string[];
}

/**
 * Deploys the chosen stacks and looks up every resource. First removes what an earlier deployment left half-finished. If a
 * stack fails or resources are missing afterwards, removes these stacks and deploys them once more: a busy LocalStack does
 * not answer within the time limit of its own clients, whose retries then find the resource they have just created.
 * @throws UserError that names each resource that is still missing, or with CDK's message
 */
export async function bringUp(
  cdk: CdkLocal,
  { templates, order, chosen }: DeploymentPlan,
  access: LocalStackAccess,
): Promise<DeployedState> {
  const { progress } = access;
  // Removed stacks are deployed again, even if only one service was requested.
  const names = new Set([...chosen, ...(await removeHalfFinished(access, order))]);
  await bootstrapOnce(cdk, access, order);
  const deploy = async () => {
    const wanted = templates.filter(({ name }) => names.has(name));
    await removeStrayBuses(access, wanted);
    const report = (stack: string, changed: boolean) =>
      progress.done(changed ? 'deployed' : 'unchanged', stack);
    await deployStacks(
      cdk,
      wanted.map(({ name }) => name),
      report,
    );
    return lookUpStacks(access, wanted);
  };
  const found = await deploy().catch(async (error) => {
    if (!(error instanceof UserError)) throw error;
    progress.note('repairing', `${error.message} Deploying once more`);
    for (const name of await removeHalfFinished(access, order)) names.add(name);
    return deploy();
  });
  if (found.missing.length === 0) return found;
  const broken = withDependents(new Set(found.missing.map(({ stack }) => stack)), order);
  const removed = await removeStacks(access, broken, describeMissing(found.missing));
  for (const name of removed) names.add(name);
  const retried = await deploy();
  if (retried.missing.length > 0) throw new UserError(`${describeMissing(retried.missing)}.`);
  return retried;
}

/** Looks up the resources of every stack, one stack at a time. */
async function lookUpStacks(
  { cloudFormation, clients }: LocalStackAccess,
  templates: readonly NamedTemplate[],
): Promise<DeployedState> {
  const exports = new Map<string, string>();
  for await (const page of paginateListExports({ client: cloudFormation }, {})) {
    for (const { Name, Value } of page.Exports ?? []) if (Name && Value) exports.set(Name, Value);
  }
  const stacks = new Map<string, ReadonlyMap<string, Deployed>>();
  const missing: Missing[] = [];
  for (const template of templates) {
    const reported = await reportedResources(cloudFormation, template.name);
    const ids = new Map(reported.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
    const found = await lookUpStack(clients, template, ids, exports);
    stacks.set(template.name, found.deployed);
    missing.push(...found.missing);
  }
  const count = [...stacks.values()].reduce((sum, { size }) => sum + size, 0);
  return { stacks, exports, missing, count };
}
