import { type Attempt, type AttemptLimits, tooManyAttempts } from '../core/index.ts';

/** Counts attempts per e-mail address and refuses those over `most`; remembers who asked. */
export function limitsInMemory() {
  const counts = new Map<string, number>();
  const state = { most: 10, counted: [] as Attempt[] };
  const limits: AttemptLimits = {
    async count(attempt) {
      state.counted.push(attempt);
      const count = (counts.get(attempt.email) ?? 0) + 1;
      counts.set(attempt.email, count);
      if (count > state.most) throw tooManyAttempts(900);
    },
    async forgive(attempt) {
      counts.delete(attempt.email);
    },
  };
  return { ...limits, state };
}
