/** What one request needs: processor time on a whole core, and the time that it waits for others. Milliseconds. */
export interface Work {
  readonly cpuMs: number;
  readonly waitMs: number;
}

/** How a request ended. `throttled` and `overloaded` are answered at once, with 429 and 503. */
export type Ending = 'ok' | 'throttled' | 'overloaded';

export interface Outcome {
  readonly ending: Ending;
  /** The request waited for a process that started for it. */
  readonly cold: boolean;
}

/** Something that answers requests. */
export interface Server {
  /** Calls `done` when the request has ended. */
  call(work: Work, done: (outcome: Outcome) => void): void;
  /** Processes that run now, busy or idle. */
  processes(): number;
}

export const OK: Outcome = { ending: 'ok', cold: false };
export const COLD: Outcome = { ending: 'ok', cold: true };
export const THROTTLED: Outcome = { ending: 'throttled', cold: false };
export const OVERLOADED: Outcome = { ending: 'overloaded', cold: false };
