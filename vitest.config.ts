import { configDefaults, defineConfig } from 'vitest/config';

/** These change what a whole process may do (sharp's loaders): each file gets one of its own, not only a thread. */
const alone = ['libs/images/**/*.test.ts', 'apps/cli/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    passWithNoTests: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'forks', include: alone, pool: 'forks' } },
      {
        extends: true,
        test: {
          name: 'threads',
          include: ['{libs,apps,infra,scripts}/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/cdk.out/**', ...alone],
        },
      },
    ],
  },
});
