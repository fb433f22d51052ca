import { AppError } from '@triptych/platform/errors';

/** Lets a bounded number of works run at once, and a bounded number wait. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Decoding holds a whole original in memory, so how many run at once is what bounds a server's
 * memory, and how many wait is what bounds its latency.
 *
 * The returned gate throws AppError unavailable `overloaded` when `waiting` works wait already.
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

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
