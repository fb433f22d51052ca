import { readStacks, stacksOf } from '../../../complexity/index.ts';
import { takeInventory } from '../../../cost/index.ts';
import { billedFunction } from '../function-name.ts';

/** Memory of a function in MB, by its stack and logical id. */
export type FunctionMemory = (stack: string, logicalId: string) => number;

/** Reads the memory of serverless' functions from the templates. @throws Error for an unknown function */
export function functionMemory(assembly: string): FunctionMemory {
  const { functions } = takeInventory('serverless', stacksOf(readStacks(assembly), 'serverless'));
  const byName = new Map(functions.map(({ name, memoryMb }) => [name, memoryMb]));
  return (stack, logicalId) => {
    const name = billedFunction(stack, logicalId);
    const memoryMb = byName.get(name);
    if (memoryMb === undefined) throw new Error(`the templates have no function ${name}`);
    return memoryMb;
  };
}
