import { keepCompiledCode } from '@triptych/build/compile-cache';
import { OWN_PROCESS_TESTS } from '@triptych/build/own-process-tests';
import { PATIENT } from '@triptych/platform/testing/patience';
import { configDefaults, defineConfig } from 'vitest/config';

// Each file of the contracts and processes projects loads the SDK or Fastify again, and so do the processes that it starts. The
// compile cache saves a fifth of the CPU time.
keepCompiledCode();

/** Ends a test that hangs. The work of each test is bounded, not its time, which depends on the machine. */
const HANG_MS = 300_000;

/** These files use the platform's clients. A thread shares them, so they are closed after each file. */
const contracts = ['**/*.contract.test.ts'];
const others = [...configDefaults.exclude, '**/cdk.out/**', ...OWN_PROCESS_TESTS];

export default defineConfig({
  test: {
    pool: 'threads',
    passWithNoTests: true,
    // Picocolors writes colours wherever CI is set. Tests compare plain text, there as on a laptop.
    env: { NO_COLOR: '1' },
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    expect: { poll: PATIENT },
    // As many as the cores of a small machine: each thread loads the same modules again.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'processes',
          include: [...OWN_PROCESS_TESTS],
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
          // They use nothing outside themselves, so files can share their imports. This halves the time.
          isolate: false,
          include: [
            '{libs,apps,infra,tools}/**/*.test.ts',
            // Beside a program that is plain JavaScript, in a package that is not an ES module.
            'tools/cli/*.test.mts',
            'tests/architecture/**/*.test.ts',
            'tests/conformance/support/*.test.ts',
          ],
          exclude: [...others, ...contracts],
        },
      },
    ],
  },
});
