import { attemptLimitsContract } from './attempt-limits-contract.ts';
import { inMemoryLimits } from './in-memory-limits.ts';

attemptLimitsContract('memory', async (rules) => {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.nowMs };
  const limits = inMemoryLimits({ clock, rules });
  return {
    connect: () => limits,
    elapse: async (seconds) => {
      clock.nowMs += seconds * 1000;
    },
  };
});
