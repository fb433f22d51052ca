/**
 * `npm run test:grants -- [--only variant,…] [--sample n] [--seed n] [--match text] [--actions]`: withdraws one statement of
 * the templates after the other from a running variant, and sees a check fail by name. tests/grants/README.md describes it.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { oneLine } from '@triptych/base/user-error';
import { parseVariants, type Variant } from '@triptych/base/variants';
import { seededRandom } from '@triptych/comparison/statistics';
import type { Grant } from '@triptych/local-cloud';
import { freePorts } from '@triptych/shop/start/ports';
import { terminalProgress } from '@triptych/shop/start/progress';
import { checksOf } from '../grants/run/checks-of.ts';
import { firstFailure } from '../grants/run/run-checks.ts';
import { noticed, type Withdrawal } from '../grants/run/withdraw.ts';
import { isAbout, nameOf, UNUSED_GRANTS } from '../grants/support/unused-grants.ts';
import { type JudgedShop, startJudgedShop } from './start-judged-shop.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    match: { type: 'string' },
    actions: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const variants = parseVariants(values.only);
const logFolder = join(repositoryRoot, '.triptych/test-logs/grants');

try {
  let tried = 0;
  const silent: string[] = [];
  for (const variant of variants) {
    const outcome = await testVariant(variant);
    tried += outcome.tried;
    silent.push(...outcome.silent);
  }
  for (const name of silent) console.log(`nothing fails without ${name}`);
  console.log(
    `grants: ${tried - silent.length} noticed, ${silent.length} not noticed (seed ${seed})`,
  );
  process.exitCode = silent.length === 0 && tried > 0 ? 0 : 1;
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exitCode = 1;
}

/** Starts a variant and withdraws its statements one by one. Returns the names of those that nothing noticed. */
async function testVariant(variant: Variant): Promise<{ tried: number; silent: string[] }> {
  const progress = terminalProgress((line) => console.log(line), logFolder);
  const { byVariant } = await freePorts();
  const start = { variant, variants: [variant], byVariant, logFolder, progress };
  const shop = await startJudgedShop(start);
  try {
    const chosen = withdrawals(shop);
    await assertPassing(shop, chosen);
    const silent: string[] = [];
    for (const withdrawal of chosen) {
      const startedAt = performance.now();
      const failure = await noticed(shop, withdrawal);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const name = titleOf(withdrawal);
      if (failure === undefined) silent.push(name);
      console.log(
        `${failure === undefined ? '✗' : '✓'} ${name}\n    ${failure ?? 'nothing failed'} (${seconds} s)`,
      );
    }
    return { tried: chosen.length, silent };
  } finally {
    await shop.stop();
  }
}

/** The statements to withdraw, in an order that the seed decides. */
function withdrawals({ cloud }: JudgedShop): Withdrawal[] {
  const needed = cloud
    .grants()
    .filter((grant) => !UNUSED_GRANTS.some((one) => isAbout(one, grant)));
  const all = needed
    .flatMap((grant) => [{ grant }, ...(values.actions ? actionsOf(grant) : [])])
    .filter((one) => titleOf(one).includes(values.match ?? ''));
  const random = seededRandom(seed);
  const shuffled = all
    .map((one) => ({ one, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ one }) => one);
  return shuffled.slice(0, Number(values.sample ?? shuffled.length));
}

function actionsOf(grant: Grant): Withdrawal[] {
  return grant.actions.length > 1 ? grant.actions.map((action) => ({ grant, action })) : [];
}

function titleOf({ grant, action }: Withdrawal): string {
  return action === undefined ? nameOf(grant) : `${action} of ${nameOf(grant)}`;
}

/** Every check must pass before a statement is withdrawn. @throws Error that names the first that does not */
async function assertPassing(shop: JudgedShop, chosen: readonly Withdrawal[]): Promise<void> {
  const conformance = chosen
    .flatMap(({ grant }) => checksOf(grant))
    .filter(({ suite }) => suite === 'conformance')
    .flatMap(({ files }) => files);
  for (const checks of [
    { suite: 'conformance', files: [...new Set(conformance)] },
    { suite: 'grants', files: ['services'] },
  ] as const) {
    const failure = checks.files.length > 0 ? await firstFailure(shop, checks) : undefined;
    if (failure) throw new Error(`${shop.variant}: a check fails with every statement: ${failure}`);
  }
}
