import type fc from 'fast-check';
import type { Weather } from './fake-provider.ts';
import { newWorld, type World } from './world.ts';

/**
 * A world in which, while a storm is on, calls to the provider and to the stores go on in the scheduler's order, the
 * provider answers as `skies` says, and writes crash `before` or `after` they are done as `faults` says. Calm at first.
 */
export function stormyWorld(
  scheduler: fc.Scheduler,
  skies: Weather[],
  faults: string[],
): { world: World; storm: { over: boolean } } {
  const storm = { over: true };
  const world = newWorld({
    weather: async (call) => {
      if (storm.over) return 'fine';
      await scheduler.schedule(Promise.resolve(), call);
      return skies.shift() ?? 'fine';
    },
    interfere: async (call) => {
      if (storm.over) return {};
      await scheduler.schedule(Promise.resolve(), call);
      const fault = faults.shift();
      if (fault === 'before') throw new Error('crashed');
      return { failAfter: fault === 'after' };
    },
  });
  return { world, storm };
}
