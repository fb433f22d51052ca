import { AppError } from '@triptych/platform/errors';

/** Runs a bounded number of tasks at once and queues a bounded number of others. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * Creates a gate. Decoding holds a whole original in memory, so `running` bounds the memory of a
 * process, and `waiting` bounds its latency.
 *
 * The returned gate throws AppError unavailable `overloaded` if `waiting` tasks are already queued.
 */
export function createGate({ running, waiting }: { running: number; waiting: number }): Gate {
  const queue: (() => void)[] = [];
  let active = 0;

  const enter = async (): Promise<void> => {
    if (active < running) {
      active += 1;
      return;
    }
    if (queue.length >= waiting) {
      const options = { retryAfterSeconds: 1 };
      throw new AppError('unavailable', 'overloaded', 'Too many pictures at once.', options);
    }
    await new Promise<void>((admit) => queue.push(admit));
  };
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else active -= 1;
  };

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
