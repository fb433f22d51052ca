import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The contract suites beside the adapters, against the LocalStack in `TRIPTYCH_DATA_PLANE`. They use the same names for what
 * they make there, so one file follows the other.
 */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: [
      'libs/{auth,catalog,images,payments,platform}/**/*.contract.test.ts',
      'apps/payment-simulator/**/*.contract.test.ts',
    ],
    // sharp changes what the whole process may do.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
