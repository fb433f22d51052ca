import { AppError } from '@triptych/platform/errors';

/** Runs tasks while the sum of their weights fits, and queues a bounded number of others. */
export type Gate = <T>(weight: number, task: () => Promise<T>) => Promise<T>;

interface Waiting {
  readonly weight: number;
  admit(): void;
}

/**
 * Creates a gate. Decoding holds a picture in memory, so a gate whose weights are megabytes bounds
 * the memory of a process, and one whose weights are 1 bounds its parallel work. `waiting` bounds
 * the latency. Tasks start in the order in which they came, so a heavy one is not overtaken for
 * ever. A task heavier than the capacity runs alone.
 *
 * The returned gate throws AppError unavailable `overloaded` if `waiting` tasks are already queued.
 */
export function createGate({ capacity, waiting }: { capacity: number; waiting: number }): Gate {
  const queue: Waiting[] = [];
  let used = 0;

  const admitNext = (): void => {
    for (let next = queue[0]; next && used + next.weight <= capacity; next = queue[0]) {
      queue.shift();
      used += next.weight;
      next.admit();
    }
  };
  const enter = async (weight: number): Promise<void> => {
    if (queue.length === 0 && used + weight <= capacity) {
      used += weight;
      return;
    }
    if (queue.length >= waiting) {
      const options = { retryAfterSeconds: 1 };
      throw new AppError('unavailable', 'overloaded', 'Too many pictures at once.', options);
    }
    await new Promise<void>((admit) => queue.push({ weight, admit }));
  };

  return async (requested, task) => {
    const weight = Math.min(requested, capacity);
    await enter(weight);
    try {
      return await task();
    } finally {
      used -= weight;
      admitNext();
    }
  };
}
