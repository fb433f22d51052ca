import { configDefaults, defineConfig } from 'vitest/config';

/** These change what a whole process may do (sharp's loaders, memoized clients): each file gets one of its own. */
const alone = ['libs/images/**/*.test.ts', 'apps/cli/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    passWithNoTests: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'alone', include: alone, pool: 'forks' } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['{libs,apps,infra,scripts}/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/cdk.out/**', ...alone],
          // Starting a thread and loading the SDK for each file costs more than most files take.
          isolate: false,
        },
      },
    ],
  },
});
