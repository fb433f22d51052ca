import { join } from 'node:path';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { defineConfig } from 'vitest/config';

/**
 * Runs the contract suites beside the adapters, and the checkout's state machine, against the LocalStack in
 * `TRIPTYCH_DATA_PLANE`. The suites create resources under the same names, so the files run sequentially.
 */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: [
      `libs/{${[...CONTEXT_NAMES, 'platform'].join()}}/**/*.contract.test.ts`,
      'apps/payment-simulator/**/*.contract.test.ts',
      'tests/docker/step-functions/*.contract.test.ts',
    ],
    setupFiles: ['tools/local-cloud/data-plane/provide-data-plane.ts'],
    // sharp changes settings of the whole process.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
