import { randomUUID } from 'node:crypto';
import type { Kernel } from '../kernel.ts';
import type { AssemblyStack } from './assembly.ts';
import { checkExportsInUse } from './exports-in-use.ts';
import { runGraph } from './graph.ts';
import { createResources, type DeployContext, startResources } from './provision.ts';
import type { DeployedStack } from './stack.ts';
import { changeStackStatus } from './stack-events.ts';

/** A status change of a stack during its deployment. */
export interface DeployProgress {
  readonly stack: string;
  readonly status: 'creating' | 'starting' | 'ready' | 'failed';
  /** Time since the deployment of the stack began. Set for `ready` and `failed`. */
  readonly ms?: number;
  /** The reason of a failure. */
  readonly detail?: string;
}

/** All stacks of the account. */
export type Stacks = Map<string, DeployedStack>;

/**
 * Deploys stacks. Creates and starts each one after its dependencies, and independent ones in
 * parallel. After a failure, the caller must stop the local cloud.
 * @throws Error of the first failure. It names stack, resource and type
 */
export async function deployStacks(
  chosen: readonly AssemblyStack[],
  stacks: Stacks,
  context: DeployContext,
  onProgress: (progress: DeployProgress) => void,
): Promise<void> {
  const graph = new Map(chosen.map((one) => [one.name, new Set(one.dependencies)]));
  const byName = new Map(chosen.map((one) => [one.name, one]));
  const created = runGraph(graph, async (name) => {
    const source = byName.get(name) as AssemblyStack;
    const stack = begin(name, context);
    stacks.set(name, stack);
    onProgress({ stack: name, status: 'creating' });
    await recordFailure(stack, onProgress, () => createResources(source, stack, context));
  });
  const ready = runGraph(graph, async (name) => {
    await created.get(name);
    const stack = stacks.get(name) as DeployedStack;
    onProgress({ stack: name, status: 'starting' });
    await recordFailure(stack, onProgress, () =>
      startResources(byName.get(name) as AssemblyStack, stack, context),
    );
    changeStackStatus(stack, 'CREATE_COMPLETE');
    onProgress({ stack: name, status: 'ready', ms: age(stack) });
  });
  await Promise.all([...created.values(), ...ready.values()]);
}

/**
 * Returns the given stacks and those of their dependencies that are not deployed.
 * @throws Error for a name that is not in the assembly, or a stack that is already deployed. If CloudFormation would reject
 * the update of that stack too, the error has its reason
 */
export function chooseStacks(
  all: readonly AssemblyStack[],
  stacks: Stacks,
  kernel: Kernel,
  names?: readonly string[],
): AssemblyStack[] {
  const byName = new Map(all.map((one) => [one.name, one]));
  const chosen = new Set<AssemblyStack>();
  const choose = (name: string) => {
    const stack = byName.get(name);
    if (!stack) {
      throw new Error(
        `There is no stack ${name}; the assembly has ${[...byName.keys()].join(', ')}.`,
      );
    }
    if (stacks.has(name) || chosen.has(stack)) return;
    chosen.add(stack);
    for (const dependency of stack.dependencies) choose(dependency);
  };
  const wanted = names ?? all.map((one) => one.name);
  const deployed = wanted.find((name) => stacks.has(name));
  if (deployed !== undefined) {
    const next = byName.get(deployed);
    if (next) checkExportsInUse(next, stacks, kernel);
    throw new Error(`Stack ${deployed} is deployed already. The local cloud updates no stacks.`);
  }
  for (const name of wanted) choose(name);
  return [...chosen];
}

function begin(name: string, { kernel }: DeployContext): DeployedStack {
  const stack: DeployedStack = {
    name,
    id: kernel.arn('cloudformation', `stack/${name}/${randomUUID()}`),
    createdAt: new Date(),
    status: 'CREATE_IN_PROGRESS',
    resources: new Map(),
    outputs: [],
    imports: new Set(),
    events: [],
  };
  changeStackStatus(stack, 'CREATE_IN_PROGRESS');
  return stack;
}

async function recordFailure(
  stack: DeployedStack,
  onProgress: (progress: DeployProgress) => void,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    changeStackStatus(stack, 'CREATE_FAILED', detail);
    onProgress({ stack: stack.name, status: 'failed', ms: age(stack), detail });
    throw error;
  }
}

function age(stack: DeployedStack): number {
  return Date.now() - stack.createdAt.getTime();
}
