/**
 * `npm run test:templates`: cfn-lint, checkov, the CDK CLI against ministack and moto, and a restore in moto (tests/templates).
 * Ends with a line of counts.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { HelpAsked, oneLine } from '@triptych/base/user-error';
import { buildApps } from '@triptych/build/build';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { missingTools } from '../python/find-python.ts';

/** Each has test files of its name. */
const SUITES = ['linters', 'moto', 'ministack'] as const;
const TIMEOUT_MS = 40 * 60_000;

const USAGE = `npm run test:templates -- [${SUITES.join('|')} …] [--install]

Checks the templates in every setting with cfn-lint and checkov, deploys with the CDK CLI into ministack and moto, and
tries the steps of docs/restore.md in moto.
Needs neither Docker nor an AWS account.

  --install   first installs these programs with pip into dist/python, if they are missing; needs Python 3.10 or newer`;

try {
  const flags = { install: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseFlags(process.argv.slice(2), flags, USAGE);
  process.exitCode = await test(values.install, positionals);
} catch (error) {
  if (error instanceof HelpAsked) console.log(`Usage: ${error.help}`);
  else console.error(`triptych: ${oneLine(error)}`);
  process.exitCode = error instanceof HelpAsked ? 0 : 1;
}

/** Returns the exit code. */
async function test(install: boolean, wanted: readonly string[]): Promise<number> {
  const unknown = wanted.find((name) => !SUITES.some((suite) => suite === name));
  if (unknown !== undefined) throw new Error(`unknown suite "${unknown}". Usage: ${USAGE}`);
  const suites = SUITES.filter((suite) => wanted.length === 0 || wanted.includes(suite));
  const missing = await missingTools(suites, install);
  if (missing.length > 0) {
    throw new Error(
      `TEMPLATE TESTS DID NOT RUN, because ${missing.join(' and ')} are not installed. Run: npm run test:templates -- --install`,
    );
  }
  await buildApps();
  await rm(resultsFolder, { recursive: true, force: true });
  const output = join(resultsFolder, 'templates.json');
  const succeeded = await runNode(
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--config', 'tests/templates/templates.config.ts'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
    ],
    { cwd: repositoryRoot, timeoutMs: TIMEOUT_MS, env: { TRIPTYCH_SUITES: suites.join(',') } },
  );
  return concludeTests(await readResults(), succeeded ? [] : ['templates']);
}
