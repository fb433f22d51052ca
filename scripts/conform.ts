/** Runs the conformance suite against a base URL: `npm run conform -- --target http://127.0.0.1:4001`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conformanceSettings } from '../apps/cli/control/conformance-settings.ts';
import { repositoryRoot } from '../apps/cli/start/shop.ts';
import { oneLine, UserError } from '../apps/cli/user-error.ts';

const suiteTimeoutMs = 15 * 60_000;

try {
  const { values } = parseArgs({ options: { target: { type: 'string' } }, strict: false });
  const target = typeof values.target === 'string' ? values.target : process.env.TRIPTYCH_TARGET;
  if (!target || !URL.canParse(target)) {
    throw new UserError('Say what to judge: npm run conform -- --target http://127.0.0.1:4001');
  }
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
    ],
    {
      cwd: repositoryRoot,
      stdio: 'inherit',
      timeout: suiteTimeoutMs,
      env: { ...settings, ...process.env, TRIPTYCH_TARGET: target },
    },
  );
  process.exitCode = result.status ?? 1;
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  process.exitCode = 1;
}
