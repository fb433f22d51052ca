import { randomUUID } from 'node:crypto';
import type { AssemblyStack } from './assembly.ts';
import { runGraph } from './graph.ts';
import { createResources, type Surroundings, startResources } from './provision.ts';
import type { DeployedStack } from './stack.ts';

/** One step of a stack on its way up. */
export interface DeployProgress {
  readonly stack: string;
  readonly status: 'creating' | 'starting' | 'ready' | 'failed';
  /** Since the stack was begun; with `ready` and `failed`. */
  readonly ms?: number;
  /** Why it failed. */
  readonly detail?: string;
}

/** All stacks of the account. */
export type Stacks = Map<string, DeployedStack>;

/**
 * Brings stacks up: each is created after those it depends on and started after they started, independent ones side
 * by side. On failure the rest is left as it is; whoever deploys then stops the local cloud.
 * @throws the first error; it names stack, resource and type
 */
export async function deployStacks(
  chosen: readonly AssemblyStack[],
  stacks: Stacks,
  surroundings: Surroundings,
  onProgress: (progress: DeployProgress) => void,
): Promise<void> {
  const graph = new Map(chosen.map((one) => [one.name, new Set(one.dependencies)]));
  const byName = new Map(chosen.map((one) => [one.name, one]));
  const created = runGraph(graph, async (name) => {
    const source = byName.get(name) as AssemblyStack;
    const stack = begin(name, surroundings);
    stacks.set(name, stack);
    onProgress({ stack: name, status: 'creating' });
    await guarded(stack, onProgress, () => createResources(source, stack, surroundings));
  });
  const ready = runGraph(graph, async (name) => {
    await created.get(name);
    const stack = stacks.get(name) as DeployedStack;
    onProgress({ stack: name, status: 'starting' });
    await guarded(stack, onProgress, () =>
      startResources(byName.get(name) as AssemblyStack, stack, surroundings),
    );
    stack.status = 'CREATE_COMPLETE';
    onProgress({ stack: name, status: 'ready', ms: age(stack) });
  });
  await Promise.all([...created.values(), ...ready.values()]);
}

/**
 * The stacks asked for, and those they need that are not there yet.
 * @throws Error for a name that is not in the assembly or a stack that is deployed already
 */
export function chooseStacks(
  all: readonly AssemblyStack[],
  stacks: Stacks,
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
    for (const needed of stack.dependencies) choose(needed);
  };
  const wanted = names ?? all.map((one) => one.name);
  const twice = wanted.find((name) => stacks.has(name));
  if (twice !== undefined) throw new Error(`Stack ${twice} is deployed already.`);
  for (const name of wanted) choose(name);
  return [...chosen];
}

function begin(name: string, { kernel }: Surroundings): DeployedStack {
  return {
    name,
    id: kernel.arn('cloudformation', `stack/${name}/${randomUUID()}`),
    createdAt: new Date(),
    status: 'CREATE_IN_PROGRESS',
    resources: new Map(),
    outputs: [],
  };
}

async function guarded(
  stack: DeployedStack,
  onProgress: (progress: DeployProgress) => void,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    stack.status = 'CREATE_FAILED';
    stack.reason = error instanceof Error ? error.message : String(error);
    onProgress({ stack: stack.name, status: 'failed', ms: age(stack), detail: stack.reason });
    throw error;
  }
}

function age(stack: DeployedStack): number {
  return Date.now() - stack.createdAt.getTime();
}
