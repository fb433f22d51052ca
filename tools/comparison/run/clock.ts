/** Time in milliseconds, as the scheduler of the parts sees it. Tests replace it. */
export interface Clock {
  now(): number;
  /** Calls back once after some time. @returns a function that cancels the call */
  after(ms: number, then: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
