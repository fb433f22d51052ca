/** The current time in the format of orders, journals and events: RFC 3339, UTC. */
export function timestamp(clock: { now(): number }): string {
  return new Date(clock.now()).toISOString();
}

/** The later of two timestamps. The clocks of two processes differ, but no record goes back in time. */
export function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}
