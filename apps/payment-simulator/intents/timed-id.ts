type Prefix = 'ch' | 're';

/** An id that sorts by time, so that lists are in Stripe's order, newest first. */
export function timedId(prefix: Prefix, seconds: number, id: string): string {
  return `${timePrefix(prefix, seconds)}${id}`;
}

/** The prefix of all ids of a second. Sorts before them and after all earlier ids. */
export function timePrefix(prefix: Prefix, seconds: number): string {
  return `${prefix}_${seconds.toString(36).padStart(7, '0')}`;
}
