import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from './explain-failure.ts';
import type { DeployedStack, StackEvent, Stacks } from './ports.ts';

/** How long to wait between two questions, and how many questions at most. */
export interface Patience {
  readonly pollMs: number;
  readonly polls: number;
}

/** An hour. */
export const STACK_PATIENCE: Patience = { pollMs: 3_000, polls: 1_200 };
/** For so many questions, a stack may still have the status from before the operation. */
const STALE_POLLS = 5;

export interface Followed {
  /** The stack as it is at the end, or undefined when it is gone. */
  readonly stack: DeployedStack | undefined;
  readonly failures: readonly Failure[];
  /** Whether the operation ended within the given number of questions. */
  readonly ended: boolean;
}

/** The ids of a stack's past events, to call before an operation starts. */
export async function seenEvents(stacks: Stacks, id: string): Promise<Set<string>> {
  return new Set((await stacks.events(id)).map(({ id }) => id));
}

/**
 * Waits until the operation of a stack has ended, and reports each new event once, oldest first.
 * @param seen events of earlier operations
 */
export async function followStack(
  stacks: Stacks,
  { name, id }: Pick<DeployedStack, 'name' | 'id'>,
  options: {
    readonly seen: Set<string>;
    readonly patience?: Patience;
    readonly onEvent?: (event: StackEvent) => void;
  },
): Promise<Followed> {
  const { seen, patience = STACK_PATIENCE, onEvent } = options;
  const failures: Failure[] = [];
  let settled = false;
  const report = async () => {
    const fresh = (await stacks.events(id)).filter(({ id }) => !seen.has(id)).reverse();
    for (const event of fresh) {
      seen.add(event.id);
      if (event.status.endsWith('_FAILED')) failures.push(toFailure(name, event));
      settled ||= event.logicalId === name && !event.status.endsWith('_IN_PROGRESS');
      onEvent?.(event);
    }
  };
  for (let poll = 0; poll < patience.polls; poll += 1) {
    const stack = await stacks.find(id);
    await report();
    const resting = !stack?.status.endsWith('_IN_PROGRESS');
    if (!stack || (resting && (settled || poll >= STALE_POLLS))) {
      return { stack, failures: specific(failures, name), ended: true };
    }
    await sleep(patience.pollMs);
  }
  return { stack: await stacks.find(id), failures: specific(failures, name), ended: false };
}

/** The failures of resources. The stack's own failure repeats them, but is the only one when an export is in use. */
function specific(failures: readonly Failure[], stack: string): readonly Failure[] {
  const ofResources = failures.filter(({ resource }) => resource !== stack);
  return ofResources.length > 0 ? ofResources : failures;
}

function toFailure(stack: string, { logicalId, type, status, reason }: StackEvent): Failure {
  return { stack, type, resource: logicalId, reason: reason ?? status };
}
