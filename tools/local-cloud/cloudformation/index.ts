import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernel } from '../kernel.ts';
import { readAssembly } from './assembly.ts';
import { chooseStacks, type DeployProgress, deployStacks, type Stacks } from './deploy.ts';
import type { Registry } from './registry.ts';
import type { DeployedStack } from './stack.ts';
import { cloudFormationWire } from './wire.ts';

export type { DeployProgress } from './deploy.ts';
export { Registry } from './registry.ts';
export type { DeployedResource, DeployedStack } from './stack.ts';

/** What a resource may take beyond its grace to end what is left. */
const cleanUpMs = 500;

export interface DeployOptions {
  /** Names of stacks; those they need come with them. By default all. */
  readonly stacks?: readonly string[];
  readonly onProgress?: (progress: DeployProgress) => void;
}

/** AWS CloudFormation: brings the stacks of a cloud assembly up, once; there are no updates. */
export function createCloudFormation(kernel: Kernel, registry: Registry) {
  const stacks: Stacks = new Map();
  const stopping = new AbortController();
  const imports = (name: string) =>
    [...stacks.values()]
      .flatMap((stack) => stack.outputs)
      .find((output) => output.exportName === name)?.value;
  return {
    wire: cloudFormationWire(stacks),
    /** @throws Error naming stack, resource and type of what failed; everything else stays up until {@link stop} */
    async deploy(assemblyDirectory: string, options: DeployOptions = {}): Promise<void> {
      const all = await readAssembly(assemblyDirectory);
      const chosen = chooseStacks(all, stacks, options.stacks);
      const surroundings = { kernel, registry, imports, stopping: stopping.signal };
      await deployStacks(chosen, stacks, surroundings, options.onProgress ?? (() => {}));
    },
    /** @throws Error when the stack is not deployed */
    stack(name: string): DeployedStack {
      const stack = stacks.get(name);
      if (stack) return stack;
      throw new Error(`Stack ${name} is not deployed; there are ${[...stacks.keys()].join(', ')}.`);
    },
    /**
     * Stops every resource of every stack side by side; one that fails or takes longer than `graceMs` does not keep
     * the others from stopping.
     */
    async stop(graceMs: number): Promise<void> {
      stopping.abort(new Error('The local cloud is stopping.'));
      const resources = [...stacks.values()].flatMap((stack) => [...stack.resources.values()]);
      const stopped = resources.map(async ({ created }) => created.stop?.(graceMs));
      await Promise.race([
        Promise.allSettled(stopped),
        sleep(graceMs + cleanUpMs, undefined, { ref: false }),
      ]);
    },
  };
}
