import type fc from 'fast-check';
import type { CallOutcome } from './fake-provider.ts';
import { newWorld, type World } from './world.ts';

/** Where a call to a store crashes, if it does. */
export type Crash = 'no' | 'before' | 'after';

/**
 * A world that is unreliable while `faults.on`. The scheduler then decides the order of all calls to
 * the provider and the stores, `outcomes` how the provider's calls end, and `crashes` which calls to
 * the stores crash. A call beyond the end of these lists succeeds. `faults` are off at first.
 */
export function unreliableWorld(
  scheduler: fc.Scheduler,
  outcomes: CallOutcome[],
  crashes: Crash[],
): { world: World; faults: { on: boolean } } {
  const faults = { on: false };
  const world = newWorld({
    outcomeOf: async (call) => {
      if (!faults.on) return 'answered';
      await scheduler.schedule(Promise.resolve(), call);
      return outcomes.shift() ?? 'answered';
    },
    interfere: async (call) => {
      if (!faults.on) return {};
      await scheduler.schedule(Promise.resolve(), call);
      const crash = crashes.shift();
      if (crash === 'before') throw new Error('crashed');
      return { failAfter: crash === 'after' };
    },
  });
  return { world, faults };
}
