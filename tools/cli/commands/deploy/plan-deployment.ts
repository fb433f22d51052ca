import { stackPrefix } from '@triptych/context-map';
import { type Grant, grantsOf } from '@triptych/shop/deploy/granted-permissions';
import { isOwned, ownedStacks, partOf, titleOf } from '@triptych/shop/deploy/owned-stacks';
import type { DeployedStack, Deployment, Stacks } from '@triptych/shop/deploy/ports';
import { type AssemblyStack, stacksToDeploy } from '@triptych/shop/deploy/read-assembly';
import {
  renderChanges,
  renderDiff,
  renderGrants,
  summarizeGrants,
} from '@triptych/shop/deploy/render-plan';
import { type UpdateRun, updateRuns, updateSteps } from '@triptych/shop/deploy/stack-order';
import { type StackChanges, stackChanges } from '@triptych/shop/deploy/template-changes';
import colors from 'picocolors';
import { type PricedStack, priceStacks, renderPrice } from './price-stacks.ts';

/** What a deployment of one variant would do. */
export interface DeploymentPlan {
  readonly owner: Deployment;
  /** The stacks to deploy. */
  readonly stacks: readonly AssemblyStack[];
  /** In the order in which they are carried out. */
  readonly changes: readonly StackChanges[];
  readonly runs: readonly UpdateRun[];
  /** The deployed stacks, before the change. */
  readonly deployed: readonly (PricedStack & Pick<DeployedStack, 'status'>)[];
}

/**
 * Compares the stacks of an assembly with the deployed ones, and finds the order in which CloudFormation accepts the changes.
 * Deployed stacks that the assembly no longer has are deleted, except in a deployment of one service.
 * @param service only this service's stack and its dependencies
 * @throws UserError when there is no such order
 */
export async function planDeployment(
  stacks: Stacks,
  assembly: readonly AssemblyStack[],
  owner: Deployment,
  service?: string,
): Promise<DeploymentPlan> {
  const own = assembly.filter(({ tags }) => isOwned(tags, owner));
  const wanted = stacksToDeploy(own, (one) => service === undefined || partOf(one) === service);
  const deployed = await Promise.all(
    (await ownedStacks(stacks, owner)).map(async ({ name, tags, status }) => ({
      name,
      tags,
      status,
      template: await stacks.template(name),
    })),
  );
  const before = new Map(deployed.map(({ name, template }) => [name, template]));
  const after = new Map(wanted.map(({ name, template }) => [name, template]));
  const steps = updateSteps(deployed, own).filter(({ action, stack }) =>
    action === 'deploy' ? after.has(stack) : service === undefined,
  );
  return {
    owner,
    stacks: wanted,
    changes: steps.map(({ stack }) => stackChanges(stack, before.get(stack), after.get(stack))),
    runs: updateRuns(steps, new Map(own.map((one) => [one.name, one.dependencies]))),
    deployed,
  };
}

/** Whether nothing of the plan is deployed yet. */
export function isFirst({ deployed }: DeploymentPlan): boolean {
  return deployed.length === 0;
}

/** The plan as lines: stacks in the order of the steps, permissions, costs. @param detailed adds a line for each changed resource */
export function renderPlan(plan: DeploymentPlan, region: string, detailed: boolean): string[] {
  const { owner, changes, deployed } = plan;
  const after = priceStacks(owner.variant, withUndeployed(plan), region);
  const before = isFirst(plan) ? undefined : priceStacks(owner.variant, deployed, region);
  return [
    colors.bold(`What changes in ${titleOf(owner)}, in ${region}`),
    ...renderChanges(changes),
    ...(detailed ? renderDiff(changes) : []),
    colors.bold('Permissions that it grants'),
    ...renderNewGrants(plan, detailed),
    colors.bold('Costs'),
    ...renderPrice(after, before),
  ];
}

/** The whole variant after the deployment: the new stacks, and the deployed ones that a single service leaves alone. */
function withUndeployed({ stacks, deployed, changes }: DeploymentPlan): PricedStack[] {
  const kept = deployed.filter(({ name }) => !changes.some(({ stack }) => stack === name));
  return [...stacks, ...kept];
}

function renderNewGrants({ owner, stacks, deployed }: DeploymentPlan, detailed: boolean): string[] {
  const grants = newGrants(stacks, deployed);
  if (grants.length === 0) return ['  no new ones'];
  const prefix = stackPrefix(owner.variant, owner.stage);
  return detailed
    ? renderGrants(grants, prefix)
    : [...summarizeGrants(grants, prefix), '  --diff lists every action'];
}

/** The grants of the new templates that the deployed ones do not have. */
function newGrants(stacks: readonly AssemblyStack[], deployed: readonly PricedStack[]): Grant[] {
  const known = new Set(
    deployed
      .flatMap(({ name, template }) => grantsOf(name, template))
      .map((grant) => JSON.stringify(grant)),
  );
  return stacks
    .flatMap(({ name, template }) => grantsOf(name, template))
    .filter((grant) => !known.has(JSON.stringify(grant)));
}
