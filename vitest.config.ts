import { keepCompiledCode } from '@triptych/build/compile-cache';
import { configDefaults, defineConfig } from 'vitest/config';

// Each file of contracts and processes loads the SDK or Fastify anew, and so do the processes they start: compiled once,
// that is a fifth less work.
keepCompiledCode();

/** These change what a whole process may do (sharp's loaders): each file gets one of its own, not only a thread. */
const processWide = [
  'libs/images/**/*.test.ts',
  'tools/{seed,shop}/**/*.test.ts',
  'tools/comparison/run/parts/limits/*.test.ts',
];
/** These use the platform's clients, of which a thread has one each: they are closed after each file. */
const contracts = ['**/*.contract.test.ts'];
const others = [...configDefaults.exclude, '**/cdk.out/**', ...processWide];

export default defineConfig({
  test: {
    pool: 'threads',
    passWithNoTests: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the cores of a small machine: contracts wait for queues and clocks half of their time.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'processes',
          include: processWide,
          pool: 'forks',
          setupFiles: ['tools/local-cloud/data-plane/provide-data-plane.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'contracts',
          include: ['{libs,apps,tools}/**/*.contract.test.ts'],
          exclude: others,
          isolate: false,
          setupFiles: [
            'libs/platform/testing/close-clients.ts',
            'tools/local-cloud/data-plane/provide-data-plane.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'units',
          // They know of nothing outside themselves, so files share what they import: half the time.
          isolate: false,
          include: ['{libs,apps,infra,tools}/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          exclude: [...others, ...contracts],
        },
      },
    ],
  },
});
