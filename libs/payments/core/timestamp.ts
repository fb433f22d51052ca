import type { Clock } from './ports.ts';

/** The time now, as orders, journals and events hold it: RFC 3339, UTC. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
