/**
 * Starts the three variants on free ports and runs the suites that judge them: conformance on all, then
 * faults one variant after the other. `node tests/run.ts [suite …] [--only variant,…]`.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localSettings } from '../apps/cli/control/conformance-settings.ts';
import { startControlServer } from '../apps/cli/control/control-server.ts';
import { prepareAccounts } from '../apps/cli/start/demo-accounts.ts';
import { freePorts } from '../apps/cli/start/ports.ts';
import { terminalProgress } from '../apps/cli/start/progress.ts';
import { repositoryRoot, startShop } from '../apps/cli/start/shop.ts';
import { oneLine } from '../apps/cli/user-error.ts';
import { parseVariants } from '../apps/cli/variants.ts';

const suiteTimeoutMs = 10 * 60_000;

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
});
const suites = positionals.length > 0 ? positionals : ['conformance', 'attacks', 'trace', 'faults'];
const variants = parseVariants(values.only);

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const ports = await freePorts();
  const logFolder = join(repositoryRoot, '.triptych/test-logs');
  const shop = await startShop({
    variants,
    ports,
    logFolder,
    progress: terminalProgress((line) => console.log(line)),
  });
  const token = randomBytes(24).toString('base64url');
  const control = await startControlServer({ shop, port: ports.page, token });
  try {
    await prepareAccounts(shop);
    const environment: Record<string, string> = { TRIPTYCH_PROJECTS: variants.join(',') };
    for (const variant of variants) {
      const settings = {
        ...(await localSettings(shop.cloud.endpointUrl, variant)),
        TRIPTYCH_TARGET: shop.baseUrl[variant],
        TRIPTYCH_VARIANT: variant,
        TRIPTYCH_CONTROL_URL: `http://127.0.0.1:${ports.page}`,
        TRIPTYCH_CONTROL_TOKEN: token,
        TRIPTYCH_ENDPOINT_URL: shop.cloud.endpointUrl,
      };
      for (const [key, value] of Object.entries(settings)) {
        environment[key.replace('TRIPTYCH_', `TRIPTYCH_${variant.toUpperCase()}_`)] = value;
      }
    }
    let failed = 0;
    for (const suite of suites) {
      // It compares the variants: one project that knows them all.
      if (suite === 'trace' && variants.length < 3) continue;
      const projects = suite === 'trace' ? { TRIPTYCH_PROJECTS: 'all' } : {};
      if ((await vitest(suite, { ...environment, ...projects })) !== 0) failed += 1;
    }
    if (failed > 0) console.error(`Logs of the variants: ${logFolder}`);
    return failed === 0 ? 0 : 1;
  } finally {
    await control.stop();
    await shop.stop();
  }
}

/** Runs one suite; its counts go to `dist/test-results/<suite>.json`, where `npm test` adds them up. */
async function vitest(suite: string, environment: Record<string, string>): Promise<number> {
  const results = join(repositoryRoot, 'dist/test-results', `${suite}.json`);
  const child = spawn(
    process.execPath,
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...['--config', join(repositoryRoot, 'tests/vitest.config.ts')],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    ],
    {
      cwd: repositoryRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment, TRIPTYCH_SUITE: suite },
      timeout: suiteTimeoutMs,
    },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
