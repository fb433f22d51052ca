/**
 * `node tests/run/judge-variants.ts [suite …] [--only variant,…] [--and-web-functions]`: starts the variants on free ports, each
 * in its own local cloud, and runs the suites that test them. With the flag, also judges the conformance of serverless with its
 * HTTP in Web Functions.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { oneLine } from '@triptych/base/user-error';
import { parseVariants } from '@triptych/base/variants';
import { freePorts } from '@triptych/shop/start/ports';
import { terminalProgress } from '@triptych/shop/start/progress';
import { runSuite } from './run-suite.ts';
import { type JudgedShop, startJudgedShop } from './start-judged-shop.ts';

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, 'and-web-functions': { type: 'boolean' } },
  allowPositionals: true,
});
const suites =
  positionals.length > 0 ? positionals : ['conformance', 'attacks', 'trace', 'faults', 'grants'];
const variants = parseVariants(values.only);

/** Serverless with its HTTP in Web Functions, beside the usual one. `npm run test:web-functions` runs the other suites on it. */
const WEB = { http: 'web-functions', name: 'web' } as const;

/** The order of the suites per variant. At any time, the faults of one variant can run beside the suites of another. */
const turns = [
  ['conformance', 'faults', 'attacks'],
  ['conformance', 'attacks', 'faults'],
  // It must still conform after every fault.
  ['faults', 'conformance', 'attacks'],
] as const;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const logFolder = join(repositoryRoot, '.triptych/test-logs');
  const progress = terminalProgress((line) => console.log(line), logFolder);
  const { byVariant } = await freePorts();
  const shops: JudgedShop[] = [];
  try {
    // Sequentially, because the first start builds and synthesizes for all of them.
    for (const variant of variants) {
      shops.push(await startJudgedShop({ variant, variants, byVariant, logFolder, progress }));
    }
    if (values['and-web-functions']) {
      const own = { variant: 'serverless', variants: ['serverless'], beside: WEB } as const;
      const ports = await freePorts();
      const logs = join(logFolder, WEB.http);
      shops.push(
        await startJudgedShop({ ...own, byVariant: ports.byVariant, logFolder: logs, progress }),
      );
    }
    const passed = await judge(shops);
    if (!passed) console.error(`Logs of the variants: ${logFolder}`);
    return passed ? 0 : 1;
  } finally {
    await Promise.all(shops.map((shop) => shop.stop()));
  }
}

/**
 * Runs the suites and returns whether all passed. Conformance and attacks keep the machine busy, so only one of them runs at
 * a time. Faults mostly wait, and each variant has its own cloud, so they run beside the suites of other variants. So does
 * the comparison of traces. Their output appears when they finish.
 */
async function judge(all: readonly JudgedShop[]): Promise<boolean> {
  const environment = Object.assign({}, ...all.map((shop) => shop.environment));
  const shops = all.filter(({ name }) => name !== WEB.name);
  const passed: boolean[] = [];
  const run = async (suite: string, projects: readonly string[], aside = false) => {
    if (suites.includes(suite)) {
      passed.push(await runSuite({ suite, projects, environment, aside }));
    }
  };
  let busy = Promise.resolve();
  const inTurn = (suite: string, variant: string) => {
    busy = busy.then(() => run(suite, [variant]));
    return busy;
  };
  // The trace suite compares the variants in one project, before any fault.
  const traced = shops.length === 3 ? run('trace', ['all'], true) : undefined;
  await Promise.all([
    ...(all.length > shops.length ? [inTurn('conformance', WEB.name)] : []),
    ...shops.map(async ({ variant }, index) => {
      for (const suite of turns[shops.length > 1 ? index : 1] ?? turns[0]) {
        if (suite !== 'faults') {
          await inTurn(suite, variant);
          continue;
        }
        await traced;
        await run('faults', [variant], true);
      }
      for (const suite of suites.filter((name) => name.startsWith('coordinator'))) {
        await inTurn(suite, variant);
      }
    }),
  ]);
  await traced;
  // Which statements allowed something is known only after everything else.
  await run(
    'grants',
    shops.map(({ variant }) => variant),
  );
  return passed.every(Boolean);
}
