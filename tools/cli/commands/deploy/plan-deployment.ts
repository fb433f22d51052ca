import { stackPrefix } from '@triptych/context-map';
import { type Grant, grantsOf } from '@triptych/shop/deploy/granted-permissions';
import { isOwned, ownedStacks, partOf, titleOf } from '@triptych/shop/deploy/owned-stacks';
import type { Deployment, Stacks } from '@triptych/shop/deploy/ports';
import { type AssemblyStack, stacksToDeploy } from '@triptych/shop/deploy/read-assembly';
import {
  renderChanges,
  renderDiff,
  renderGrants,
  summarizeGrants,
} from '@triptych/shop/deploy/render-plan';
import { type StackChanges, stackChanges } from '@triptych/shop/deploy/template-changes';
import colors from 'picocolors';
import { type PricedStack, priceStacks, renderPrice } from './price-stacks.ts';

/** What a deployment of one variant would do. */
export interface DeploymentPlan {
  readonly owner: Deployment;
  /** The stacks to deploy, in order. */
  readonly stacks: readonly AssemblyStack[];
  readonly changes: readonly StackChanges[];
  /** Stacks that are deployed and that the settings no longer have. */
  readonly obsolete: readonly string[];
  /** The deployed stacks, before the change. */
  readonly deployed: readonly PricedStack[];
}

/** Compares the stacks of an assembly with the deployed ones. @param service only this service's stack and its dependencies */
export async function planDeployment(
  stacks: Stacks,
  assembly: readonly AssemblyStack[],
  owner: Deployment,
  service?: string,
): Promise<DeploymentPlan> {
  const own = assembly.filter(({ tags }) => isOwned(tags, owner));
  const wanted = stacksToDeploy(own, (one) => service === undefined || partOf(one) === service);
  const deployed = await Promise.all(
    (await ownedStacks(stacks, owner)).map(async ({ name, tags }) => ({
      name,
      tags,
      template: await stacks.template(name),
    })),
  );
  const before = new Map(deployed.map(({ name, template }) => [name, template]));
  return {
    owner,
    stacks: wanted,
    changes: wanted.map(({ name, template }) => stackChanges(name, before.get(name), template)),
    obsolete: deployed
      .map(({ name }) => name)
      .filter((name) => !own.some((one) => one.name === name)),
    deployed,
  };
}

/** Whether nothing of the plan is deployed yet. */
export function isFirst({ deployed }: DeploymentPlan): boolean {
  return deployed.length === 0;
}

/** The plan as lines: stacks, obsolete stacks, permissions, costs. @param detailed adds a line for each changed resource */
export function renderPlan(plan: DeploymentPlan, region: string, detailed: boolean): string[] {
  const { owner, changes, obsolete, deployed } = plan;
  const after = priceStacks(owner.variant, withUndeployed(plan), region);
  const before = isFirst(plan) ? undefined : priceStacks(owner.variant, deployed, region);
  return [
    colors.bold(`What changes in ${titleOf(owner)}, in ${region}`),
    ...renderChanges(changes),
    ...(detailed ? renderDiff(changes) : []),
    ...obsolete.map((name) =>
      colors.yellow(
        `  ${name} is deployed, but not part of these settings: it stays until \`npm run destroy\``,
      ),
    ),
    colors.bold('Permissions that it grants'),
    ...renderNewGrants(plan, detailed),
    colors.bold('Costs'),
    ...renderPrice(after, before),
  ];
}

/** The whole variant after the deployment: the new stacks, and the deployed ones that a single service leaves alone. */
function withUndeployed({ stacks, deployed }: DeploymentPlan): PricedStack[] {
  const kept = deployed.filter(({ name }) => !stacks.some((one) => one.name === name));
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
