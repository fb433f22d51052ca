/** `npm run conform -- --target http://127.0.0.1:4001`: runs the conformance suite, or a part of it, against a base URL. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { HelpAsked, oneLine, UserError } from '@triptych/base/user-error';
import { conformanceSettings } from '@triptych/shop/control/conformance-settings';

const CONNECT_TIMEOUT_MS = 10_000;
const SUITE_TIMEOUT_MS = 60 * 60_000;
/** Every service answers, and an order passes through all of them. */
const SMOKE = ['health', 'browse', 'register-and-log-in', 'order'].map(
  (name) => `conformance/${name}.test.ts`,
);

try {
  const usage = `npm run conform -- --target http://127.0.0.1:4001 [--smoke]

Runs the conformance suite against a base URL. For a variant of a running shop, finds the settings by itself.

  --smoke   only a few files: health, browsing, accounts, orders`;
  const { values } = parseFlags(
    process.argv.slice(2),
    { target: { type: 'string' }, smoke: { type: 'boolean', default: false } },
    usage,
  );
  const target = values.target ?? process.env.TRIPTYCH_TARGET;
  if (!target || !URL.canParse(target))
    throw new UserError(`Name the shop to test: ${usage.split('\n', 1)[0]}`);
  await fetch(target, { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) }).catch(() => {
    throw new UserError(`Nothing responds at ${target}: start a shop first (npm start).`);
  });
  const settings = await conformanceSettings(repositoryRoot, target);
  const result = spawnSync(
    process.execPath,
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--project',
      'target',
      ...(values.smoke ? SMOKE : []),
    ],
    {
      cwd: repositoryRoot,
      stdio: 'inherit',
      timeout: SUITE_TIMEOUT_MS,
      env: { ...settings, ...process.env, TRIPTYCH_TARGET: target },
    },
  );
  process.exitCode = result.status ?? 1;
} catch (error) {
  if (error instanceof HelpAsked) console.log(error.help);
  else {
    console.error(`triptych: ${oneLine(error)}`);
    process.exitCode = 1;
  }
}
