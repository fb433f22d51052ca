/** `npm run test:aws-cli`: the tests with Python's AWS CLI and boto3 (tests/aws-cli). Ends with a line of counts. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { findPython } from '../python/find-python.ts';

const TIMEOUT_MS = 20 * 60_000;

if ((await findPython('aws-cli')) === undefined) {
  console.error(
    'triptych: AWS CLI TESTS DID NOT RUN. Install them: npx node tests/python/install.ts aws-cli',
  );
  process.exit(1);
}
await rm(resultsFolder, { recursive: true, force: true });
const output = join(resultsFolder, 'aws-cli.json');
const succeeded = await runNode(
  [
    join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'tests/aws-cli/aws-cli.config.ts'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
  ],
  { cwd: repositoryRoot, timeoutMs: TIMEOUT_MS },
);
process.exitCode = concludeTests(await readResults(), succeeded ? [] : ['aws-cli']);
