import { defineConfig } from 'vitest/config';

/** Ends a test that hangs. Each wait in a test has a bound of its own. */
const HANG_MS = 900_000;

/** The files of `npm run test:templates`; the runner leaves out those whose programs are not wanted. */
const only = process.env.TRIPTYCH_SUITES?.split(',') ?? ['*'];

export default defineConfig({
  test: {
    name: 'templates',
    root: import.meta.dirname,
    include: only.map((name) => `${name}*.test.ts`),
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    // Picocolors writes colours wherever CI is set. Tests compare plain text, there as on a laptop.
    env: { NO_COLOR: '1' },
    maxWorkers: 2,
  },
});
