import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Pages in a real browser. Not part of `npm test`, which needs Node alone. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['tests/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
