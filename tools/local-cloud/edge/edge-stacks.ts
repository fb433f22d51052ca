import { createCdn } from '../cdn/index.ts';
import type { AssemblyStack } from '../cloudformation/assembly.ts';
import { Registry } from '../cloudformation/index.ts';
import type { Template } from '../cloudformation/template.ts';
import { IGNORED_TYPES } from '../ignored/index.ts';
import type { Kernel, ResourceContext } from '../kernel.ts';
import { createLoadBalancer } from '../load-balancer/index.ts';
import { networkIdentity } from '../network/index.ts';
import { physicalName } from '../physical-name.ts';
import { type AddressOf, containerTargets, type EdgeTarget } from './container-targets.ts';
import { externalOrigins } from './external-origins.ts';
import { type ExternalDeployment, externalResource } from './resources.ts';

/** What the edge deploys. */
export interface EdgeParts {
  readonly stacks: readonly AssemblyStack[];
  readonly registry: Registry;
  /** Grows as container services are registered. */
  readonly targets: readonly EdgeTarget[];
}

/**
 * Selects what the edge deploys from an assembly: load balancers, distributions, and container
 * services as their targets. All other resources are deployed elsewhere or receive no requests.
 * Only their identity is used.
 */
export function edgeParts(
  assembly: readonly AssemblyStack[],
  deployed: ExternalDeployment,
  addressOf: AddressOf,
  kernel: Kernel,
): EdgeParts {
  const targets: EdgeTarget[] = [];
  const providers = [
    ...createLoadBalancer(kernel).providers,
    ...createCdn(kernel, Date.now, () => externalOrigins(deployed.endpoint)).providers,
    containerTargets(addressOf, targets),
  ];
  const real = new Set(providers.map(({ type }) => type));
  const stacks = relevantStacks(assembly, (template) =>
    types(template).some((type) => real.has(type)),
  );
  const others = new Set(stacks.flatMap(({ template }) => types(template)));
  const identities = [...others]
    .filter((type) => !real.has(type))
    .map((type) => ({
      type,
      reason: 'it is deployed elsewhere, or receives no requests',
      identity: (context: ResourceContext) => identity(context, type, deployed),
    }));
  return {
    stacks: stacks.map((stack) => ({ ...stack, template: reduced(stack.template, real) })),
    registry: new Registry(providers, identities),
    targets,
  };
}

const types = ({ Resources = {} }: Template) => Object.values(Resources).map(({ Type }) => Type);

/** Returns the stacks with resources of the edge, and their dependencies. */
function relevantStacks(
  assembly: readonly AssemblyStack[],
  isOurs: (template: Template) => boolean,
): AssemblyStack[] {
  const chosen = new Set<string>();
  const choose = (stack: AssemblyStack): void => {
    if (chosen.has(stack.name)) return;
    chosen.add(stack.name);
    for (const one of assembly) if (stack.dependencies.includes(one.name)) choose(one);
  };
  for (const stack of assembly) if (isOurs(stack.template)) choose(stack);
  return assembly.filter(({ name }) => chosen.has(name));
}

/** Removes the properties of external resources, and outputs that are not exports. */
function reduced(template: Template, real: ReadonlySet<string>): Template {
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => [
    id,
    real.has(resource.Type) ? resource : { Type: resource.Type },
  ]);
  const outputs = Object.entries(template.Outputs ?? {}).filter(([, output]) => output.Export);
  return {
    ...template,
    Resources: Object.fromEntries(resources),
    Outputs: Object.fromEntries(outputs),
  };
}

function identity(context: ResourceContext, type: string, deployed: ExternalDeployment) {
  const { stack, logicalId } = context;
  return (
    externalResource(deployed, stack, logicalId) ??
    networkIdentity(type, context) ??
    IGNORED_TYPES.find((one) => one.type === type)?.identity?.(context) ?? {
      physicalId: physicalName(stack, logicalId),
    }
  );
}
