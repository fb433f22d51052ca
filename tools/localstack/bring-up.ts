import { paginateListExports } from '@aws-sdk/client-cloudformation';
import { UserError } from '@triptych/base/user-error';
import { bootstrap, type CdkLocal, deployStacks } from './cdklocal.ts';
import type { Dependencies } from './choose-stacks.ts';
import type { NamedTemplate } from './filter/filter-templates.ts';
import { type Deployed, lookUpStack, type Missing, nameMissing } from './look-up/index.ts';
import { mend, mendHalfFinished, removeStrayBuses, type Surroundings } from './remove-leftovers.ts';
import { bootstrapStack, listStacks, reportedResources, withDependents } from './stack-states.ts';

/** What is there after a deployment. */
export interface Found {
  /** Values that stacks export, by name. */
  readonly exports: ReadonlyMap<string, string>;
  /** Resources by stack and logical id. */
  readonly stacks: ReadonlyMap<string, ReadonlyMap<string, Deployed>>;
  readonly missing: readonly Missing[];
  readonly count: number;
}

/** An assembly for LocalStack, and which of its stacks are asked for. */
export interface WhatToDeploy {
  readonly templates: readonly NamedTemplate[];
  readonly order: readonly Dependencies[];
  /** Names of stacks; those they need are among them. */
  readonly chosen: readonly string[];
}

/**
 * Deploys the chosen stacks and looks everything up; mends what an earlier deployment left, and once what turns out to be
 * missing.
 * @throws UserError naming each resource that then is not there, or with CDK's words
 */
export async function bringUp(
  cdk: CdkLocal,
  { templates, order, chosen }: WhatToDeploy,
  surroundings: Surroundings,
): Promise<Found> {
  const { cloudFormation, progress } = surroundings;
  // What is removed to be mended comes back, also when only one service was asked for.
  const names = new Set([...chosen, ...(await mendHalfFinished(surroundings, order))]);
  if ((await listStacks(cloudFormation, bootstrapStack)).length === 0) {
    await bootstrap(cdk);
    progress.done('bootstrapped', 'the bucket and roles that CDK deploys through');
  }
  const deploy = async () => {
    const wanted = templates.filter(({ name }) => names.has(name));
    await removeStrayBuses(surroundings, wanted);
    const told = (stack: string, changed: boolean) =>
      progress.done(changed ? 'deployed' : 'unchanged', stack);
    await deployStacks(
      cdk,
      wanted.map(({ name }) => name),
      told,
    );
    return look(surroundings, wanted);
  };
  const found = await deploy();
  if (found.missing.length === 0) return found;
  const broken = withDependents(new Set(found.missing.map(({ stack }) => stack)), order);
  for (const name of await mend(surroundings, broken, nameMissing(found.missing))) names.add(name);
  const again = await deploy();
  if (again.missing.length > 0) throw new UserError(`${nameMissing(again.missing)}.`);
  return again;
}

/** Looks up everything that was deployed, a stack at a time. */
async function look(
  { cloudFormation, clients }: Surroundings,
  templates: readonly NamedTemplate[],
): Promise<Found> {
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
