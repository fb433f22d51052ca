import { partOf } from './owned-stacks.ts';
import type { DeployedStack, Notes } from './ports.ts';

const noteOf = (stack: string) => `/triptych/${stack}/first-deployment`;

/** The stack that has the note: the one with the data. */
function stateOf(stacks: readonly DeployedStack[]): DeployedStack | undefined {
  return stacks.find((stack) => partOf(stack) === 'state');
}

/**
 * Records that the first deployment of a shop has failed, so that the next one continues it: it creates the first admin and seeds.
 * Without a stack for the data, the next deployment is the first one anyway.
 */
export async function markUnfinished(
  notes: Notes,
  stacks: readonly DeployedStack[],
): Promise<void> {
  const state = stateOf(stacks);
  if (state) await notes.write(noteOf(state.name), 'unfinished', state.tags);
}

/** Whether the first deployment of a shop has failed, and none has succeeded since. */
export async function isUnfinished(
  notes: Notes,
  stacks: readonly DeployedStack[],
): Promise<boolean> {
  const state = stateOf(stacks);
  return state !== undefined && (await notes.read(noteOf(state.name))) !== undefined;
}

/** Records that a shop is ready for use. */
export async function markFinished(notes: Notes, stacks: readonly DeployedStack[]): Promise<void> {
  const state = stateOf(stacks);
  if (state) await notes.delete(noteOf(state.name));
}
