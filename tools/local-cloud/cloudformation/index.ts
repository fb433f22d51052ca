import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernel } from '../kernel.ts';
import { readAssembly } from './assembly.ts';
import { chooseStacks, type DeployProgress, deployStacks, type Stacks } from './deploy.ts';
import { exportNamed } from './exports-in-use.ts';
import type { Registry } from './registry.ts';
import type { DeployedStack } from './stack.ts';
import { cloudFormationWire } from './wire.ts';

export type { DeployProgress } from './deploy.ts';
export { Registry } from './registry.ts';
export type { DeployedResource, DeployedStack } from './stack.ts';

/** Time beyond `graceMs` in which a resource must end. */
const CLEAN_UP_MS = 500;

export interface DeployOptions {
  /** Names of stacks, which are deployed with their dependencies. All stacks by default. */
  readonly stacks?: readonly string[];
  readonly onProgress?: (progress: DeployProgress) => void;
}

/** Creates CloudFormation, which deploys the stacks of a cloud assembly. There are no updates. */
export function createCloudFormation(kernel: Kernel, registry: Registry) {
  const stacks: Stacks = new Map();
  const stopping = new AbortController();
  const imports = (name: string) => exportNamed(name, stacks);
  return {
    wire: cloudFormationWire(stacks),
    /** The ARN of a stack, from its name or its ARN. */
    arnOf: (nameOrArn: string): string | undefined =>
      [...stacks.values()].find(({ name, id }) => name === nameOrArn || id === nameOrArn)?.id,
    isDeployed: (name: string): boolean => stacks.has(name),
    /**
     * Deploys the stacks of an assembly. After a failure, other resources run until {@link stop}.
     * @throws Error that names stack, resource and type of the failure
     */
    async deploy(assemblyDirectory: string, options: DeployOptions = {}): Promise<void> {
      const all = await readAssembly(assemblyDirectory);
      const chosen = chooseStacks(all, stacks, kernel, options.stacks);
      const context = { kernel, registry, imports, stopping: stopping.signal };
      await deployStacks(chosen, stacks, context, options.onProgress ?? (() => {}));
    },
    /**
     * Returns a deployed stack.
     * @throws Error when the stack is not deployed
     */
    stack(name: string): DeployedStack {
      const stack = stacks.get(name);
      if (stack) return stack;
      throw new Error(`Stack ${name} is not deployed; there are ${[...stacks.keys()].join(', ')}.`);
    },
    /**
     * Stops all resources of all stacks in parallel. A resource that fails or takes longer than
     * `graceMs` does not block the others.
     */
    async stop(graceMs: number): Promise<void> {
      stopping.abort(new Error('The local cloud is stopping.'));
      const resources = [...stacks.values()].flatMap((stack) => [...stack.resources.values()]);
      const stopped = resources.map(async ({ created }) => created.stop?.(graceMs));
      await Promise.race([
        Promise.allSettled(stopped),
        sleep(graceMs + CLEAN_UP_MS, undefined, { ref: false }),
      ]);
    },
  };
}
