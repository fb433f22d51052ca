/**
 * Starts the three variants on free ports, each in a local cloud of its own, and runs the suites that judge them.
 * `node tests/run.ts [suite …] [--only variant,…]`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../apps/cli/repository-root.ts';
import { freePorts } from '../apps/cli/start/ports.ts';
import { terminalProgress } from '../apps/cli/start/progress.ts';
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
    const passed = await judge(shops);
    if (!passed) console.error(`Logs of the variants: ${logFolder}`);
    return passed ? 0 : 1;
  } finally {
    await Promise.all(shops.map((shop) => shop.stop()));
  }
}

/**
 * Judges one variant after the other; true when all passed. Faults are mostly waiting, and each breaks a cloud of its own:
 * they run beside what judges the next variant, and show when they are done.
 */
async function judge(shops: readonly JudgedShop[]): Promise<boolean> {
  const environment = Object.assign({}, ...shops.map((shop) => shop.environment));
  const ended: Promise<boolean>[] = [];
  const inTurn = async (suite: string, projects: readonly string[]) => {
    const run = runSuite({ suite, projects, environment });
    ended.push(run);
    await run;
  };
  // It compares the variants: one project that knows them all, before anything is broken.
  if (suites.includes('trace') && shops.length === 3) await inTurn('trace', ['all']);
  const faults = new Map<string, Promise<boolean>>();
  const last = shops.at(-1)?.variant;
  const attacked = (variant: string) => suites.includes('attacks') && inTurn('attacks', [variant]);
  for (const { variant } of shops) {
    if (suites.includes('conformance')) await inTurn('conformance', [variant]);
    // The others are attacked while the last one's faults run.
    if (variant === last) await attacked(variant);
    if (!suites.includes('faults')) continue;
    const run = runSuite({ suite: 'faults', projects: [variant], environment, aside: true });
    faults.set(variant, run);
    ended.push(run);
  }
  for (const { variant } of shops) {
    if (variant === last) continue;
    await faults.get(variant);
    await attacked(variant);
  }
  return (await Promise.all(ended)).every(Boolean);
}
