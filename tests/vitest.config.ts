import { defineConfig } from 'vitest/config';

/**
 * One project per target, so that a failure names its variant. The runner sets variables TRIPTYCH_NAME_… for each target
 * NAME. The suites of a project see them as TRIPTYCH_…, and see no other target.
 */
const names = (process.env.TRIPTYCH_PROJECTS ?? 'target').split(',');
const suite = process.env.TRIPTYCH_SUITE ?? 'conformance';
const atOnce = suite === 'conformance' || suite === 'attacks';
/** Settings for a shop that is slower than the local cloud: concurrent files and checks, and retries, which vitest reports. */
const bound = (name: string) => (process.env[name] ? Number(process.env[name]) : undefined);
const checksAtOnce = bound('TRIPTYCH_CONCURRENCY');
/** Faults affect the whole local cloud, and each file of cli starts a shop, so their files run sequentially. */
const isSequential = /^(faults|cli|coordinator)\b/.test(suite);
const filesAtOnce = bound('TRIPTYCH_WORKERS') ?? (isSequential ? 1 : 2);
/** Files to leave out, such as `faults/dead-letters`. */
const exceptions = (process.env.TRIPTYCH_EXCEPT ?? '').split(',').filter(Boolean);
/** Ends a test that hangs. The work of each test is bounded, not its time, which depends on the machine. */
const HANG_MS = 600_000;
/** These suites start processes and read their settings from the environment. */
const isolate = ['cli', 'trace', 'new-service'].includes(suite);

function project(name: string) {
  const prefix = `TRIPTYCH_${name.toUpperCase()}_`;
  const own = Object.entries(process.env).filter(([key]) => key.startsWith(prefix));
  return {
    test: {
      name,
      root: import.meta.dirname,
      include: [`${suite}/*.test.ts`],
      exclude: exceptions.map((file) => `${file}.test.ts`),
      testTimeout: HANG_MS,
      hookTimeout: HANG_MS,
      // A deployment serves many clients at once, and the checks of a file are independent.
      sequence: { concurrent: atOnce },
      ...(checksAtOnce ? { maxConcurrency: checksAtOnce } : {}),
      retry: bound('TRIPTYCH_RETRY') ?? 0,
      // Files of one target share their modules, which only keep the admin's log-in and a customer.
      isolate,
      env: Object.fromEntries(
        own.map(([key, value]) => [key.replace(prefix, 'TRIPTYCH_'), value ?? '']),
      ),
    },
  };
}

export default defineConfig({
  test: { projects: names.map(project), maxWorkers: filesAtOnce },
});
