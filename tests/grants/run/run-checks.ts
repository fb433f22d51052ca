import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import type { VitestReport } from '@triptych/build/test-results';
import type { JudgedShop } from '../../run/start-judged-shop.ts';
import type { Checks } from './checks-of.ts';

/** Pauses between polls in total, for checks that are expected to fail. */
export const IMPATIENT_MS = 20_000;
const TIMEOUT_MS = 5 * 60_000;

/**
 * Runs checks against a shop until the first one fails. Returns its name, or undefined.
 * @param polledMs the pauses between polls in total (default: those of the suite)
 */
export async function firstFailure(
  { variant, environment }: JudgedShop,
  { suite, files }: Checks,
  polledMs?: number,
): Promise<string | undefined> {
  const report = join(repositoryRoot, 'dist/test-grants', `${variant}.json`);
  await rm(report, { force: true });
  const passed = await runNode(
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--config', join(repositoryRoot, 'tests/vitest.config.ts'), '--bail', '1'],
      ...['--reporter=json', `--outputFile.json=${report}`],
      ...files.map((name) => `${suite}/${name}.test.ts`),
    ],
    {
      cwd: repositoryRoot,
      timeoutMs: TIMEOUT_MS,
      env: {
        ...environment,
        TRIPTYCH_SUITE: suite,
        TRIPTYCH_PROJECTS: variant,
        ...(polledMs === undefined
          ? {}
          : { [`TRIPTYCH_${variant.toUpperCase()}_POLLED_MS`]: String(polledMs) }),
      },
      aside: () => {},
    },
  );
  return passed ? undefined : nameOfFailure(report, `${suite}/${files.join(', ')}`);
}

async function nameOfFailure(report: string, otherwise: string): Promise<string> {
  try {
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as VitestReport;
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .find(({ status }) => status === 'failed');
    if (failed) return failed.fullName;
  } catch {
    // The runner ended without a report.
  }
  return `${otherwise} did not run`;
}
