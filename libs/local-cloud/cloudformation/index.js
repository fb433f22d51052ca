import { readAssembly } from './assembly.ts';
import { chooseStacks, deployStacks } from './deploy.ts';
import { cloudFormationWire } from './wire.ts';
export { Registry } from './registry.ts';
/** AWS CloudFormation: brings the stacks of a cloud assembly up, once; there are no updates. */
export function createCloudFormation(kernel, registry) {
    const stacks = new Map();
    const stopping = new AbortController();
    const imports = (name) => [...stacks.values()]
        .flatMap((stack) => stack.outputs)
        .find((output) => output.exportName === name)?.value;
    return {
        wire: cloudFormationWire(stacks),
        /** @throws Error naming stack, resource and type of what failed; everything else stays up until {@link stop} */
        async deploy(assemblyDirectory, options = {}) {
            const all = await readAssembly(assemblyDirectory);
            const chosen = chooseStacks(all, stacks, options.stacks);
            const surroundings = { kernel, registry, imports, stopping: stopping.signal };
            await deployStacks(chosen, stacks, surroundings, options.onProgress ?? (() => { }));
        },
        /** @throws Error when the stack is not deployed */
        stack(name) {
            const stack = stacks.get(name);
            if (stack)
                return stack;
            throw new Error(`Stack ${name} is not deployed; there are ${[...stacks.keys()].join(', ')}.`);
        },
        /** Stops every resource of every stack side by side; one that fails does not keep the others from stopping. */
        async stop(graceMs) {
            stopping.abort(new Error('The local cloud is stopping.'));
            const resources = [...stacks.values()].flatMap((stack) => [...stack.resources.values()]);
            await Promise.allSettled(resources.map(async ({ created }) => created.stop?.(graceMs)));
        },
    };
}
