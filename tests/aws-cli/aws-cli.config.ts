import { defineConfig } from 'vitest/config';

/** Ends a test that hangs. Each call starts Python, which takes seconds on a busy machine. */
const HANG_MS = 600_000;

export default defineConfig({
  test: {
    name: 'aws-cli',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    // Each file starts a local cloud and uses it from one client at a time.
    maxWorkers: 2,
  },
});
