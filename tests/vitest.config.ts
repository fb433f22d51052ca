import { defineConfig } from 'vitest/config';

/**
 * One project per target, so that a failure names its variant. tests/run/judge-variants.ts sets, for each target NAME,
 * variables TRIPTYCH_NAME_…; the suites see them as TRIPTYCH_… and so know of one target only.
 */
const names = (process.env.TRIPTYCH_PROJECTS ?? 'target').split(',');
const suite = process.env.TRIPTYCH_SUITE ?? 'conformance';
const atOnce = suite === 'conformance' || suite === 'attacks';
/** For a shop that is slower than the local cloud: fewer files, and checks of a file, at once, and a second try, which vitest tells of. */
const bound = (name: string) => (process.env[name] ? Number(process.env[name]) : undefined);
const checksAtOnce = bound('TRIPTYCH_CONCURRENCY');
const filesAtOnce = bound('TRIPTYCH_WORKERS') ?? (['faults', 'cli'].includes(suite) ? 1 : 2);
/** Each of these starts and stops processes of its own, and is told of them by the environment alone. */
const isolate = suite === 'cli' || suite === 'trace';

function project(name: string) {
  const prefix = `TRIPTYCH_${name.toUpperCase()}_`;
  const own = Object.entries(process.env).filter(([key]) => key.startsWith(prefix));
  return {
    test: {
      name,
      root: import.meta.dirname,
      include: [`${suite}/**/*.test.ts`],
      testTimeout: 60_000,
      hookTimeout: 120_000,
      // A deployment serves many at once; the checks of a file do not know of one another.
      sequence: { concurrent: atOnce },
      ...(checksAtOnce ? { maxConcurrency: checksAtOnce } : {}),
      retry: bound('TRIPTYCH_RETRY') ?? 0,
      // Files of one target share their modules: a log-in of the admin, a customer. Nothing else is kept in them.
      isolate,
      env: Object.fromEntries(
        own.map(([key, value]) => [key.replace(prefix, 'TRIPTYCH_'), value ?? '']),
      ),
    },
  };
}

export default defineConfig({
  // Faults change what the whole local cloud does, and each file of cli starts a shop: one file at a time.
  test: { projects: names.map(project), maxWorkers: filesAtOnce },
});
