/**
 * Starts the three variants on free ports, each in a local cloud of its own, and runs the suites that judge them.
 * `node tests/run.ts [suite …] [--only variant,…]`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePorts } from '../apps/cli/start/ports.ts';
import { terminalProgress } from '../apps/cli/start/progress.ts';
import { repositoryRoot } from '../apps/cli/start/shop.ts';
import { oneLine } from '../apps/cli/user-error.ts';
import { parseVariants } from '../apps/cli/variants.ts';
import { runSuite } from './run/run-suite.ts';
import { type JudgedShop, startJudgedShop } from './run/start-judged-shop.ts';

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
  const logFolder = join(repositoryRoot, '.triptych/test-logs');
  const progress = terminalProgress((line) => console.log(line));
  const { byVariant } = await freePorts();
  const shops: JudgedShop[] = [];
  try {
    // One after the other: the first builds and synthesizes for all.
    for (const variant of variants) {
      shops.push(await startJudgedShop({ variant, variants, byVariant, logFolder, progress }));
    }
    let failed = 0;
    for (const suite of suites) if (!(await judge(suite, shops))) failed += 1;
    if (failed > 0) console.error(`Logs of the variants: ${logFolder}`);
    return failed === 0 ? 0 : 1;
  } finally {
    await Promise.all(shops.map((shop) => shop.stop()));
  }
}

/** Runs one suite against all shops; true when it passed. */
async function judge(suite: string, shops: readonly JudgedShop[]): Promise<boolean> {
  const environment = Object.assign({}, ...shops.map((shop) => shop.environment));
  // It compares the variants: one project that knows them all.
  if (suite === 'trace') {
    return shops.length < 3 || runSuite({ suite, projects: ['all'], environment });
  }
  if (suite !== 'faults') return runSuite({ suite, projects: variants, environment });
  // Mostly waiting, and each breaks a cloud of its own: side by side.
  const passed = await Promise.all(
    shops.map(({ variant }) => runSuite({ suite, projects: [variant], environment, aside: true })),
  );
  return passed.every(Boolean);
}
