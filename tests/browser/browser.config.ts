import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Pages in a real browser. It is no part of `npm test`, since a machine with Node alone has none. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['tests/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
