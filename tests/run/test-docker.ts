/**
 * `npm run test:docker -- [contracts|conformance|faults|recovery …] [--only variant,…]`: the tests that need Docker. Runs the contract
 * suites of the adapters against LocalStack, then brings up docker-compose.yml, runs the conformance suite on each variant,
 * removes containers during orders, and kills LocalStack. Ends with a line of counts, and always removes everything that it started.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endOnSignal } from '@triptych/base/end-on-signal';
import { repositoryRoot } from '@triptych/base/repository-root';
import { oneLine, UserError } from '@triptych/base/user-error';
import { parseVariants } from '@triptych/base/variants';
import { concludeTests, readResults, resultsFolder } from '@triptych/build/test-results';
import { assertEngine } from '@triptych/docker/checks/engine';
import { docker } from '@triptych/docker/compose';
import { type Part, parts, testInDocker } from '../docker/run/test-in-docker.ts';

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const wanted = positionals.length > 0 ? positionals.map(partNamed) : parts;
  const variants = parseVariants(values.only);
  try {
    await assertEngine(docker);
  } catch (error) {
    throw new UserError(`DOCKER TESTS DID NOT RUN. ${oneLine(error)}`, { cause: error });
  }
  await rm(resultsFolder, { recursive: true, force: true });
  const logFolder = join(repositoryRoot, '.triptych/test-logs/docker');
  const ended = endOnSignal();
  const broken = await testInDocker({ parts: wanted, variants, logFolder, signal: ended });
  if (ended.aborted) return 130;
  if (broken.length > 0) console.error(`Logs of the containers: ${logFolder}`);
  return concludeTests(await readResults(), broken);
}

function partNamed(name: string): Part {
  const part = parts.find((one) => one === name);
  if (!part) throw new UserError(`Unknown part "${name}". The parts are ${parts.join(', ')}.`);
  return part;
}
