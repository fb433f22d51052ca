/**
 * `npm run test:grants -- [--only variant,…] [--sample n] [--seed n] [--match text] [--actions]`: withdraws one statement of
 * the templates after the other from a running variant, and sees a check fail by name. tests/grants/README.md describes it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { oneLine } from '@triptych/base/user-error';
import { parseVariants, type Variant } from '@triptych/base/variants';
import { freePorts } from '@triptych/shop/start/ports';
import { terminalProgress } from '@triptych/shop/start/progress';
import { openChecks } from '../grants/run/open-checks.ts';
import { RecordedChecks, type Subject } from '../grants/run/recorded-checks.ts';
import { effectOf, isSilent, type Outcome, renderReport } from '../grants/run/render-report.ts';
import { chosenSubjects, titleOf } from '../grants/run/subjects.ts';
import { noticed, type Trial } from '../grants/run/withdraw.ts';
import { reasonOf } from '../grants/support/unused-grants.ts';
import { startJudgedShop } from './start-judged-shop.ts';

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
const reportFile = join(repositoryRoot, 'dist/test-grants/report.md');

try {
  console.log(`seed ${seed}`);
  const { byVariant } = await freePorts();
  const outcomes: Outcome[] = [];
  for (const variant of variants) outcomes.push(...(await testVariant(variant, byVariant)));
  await mkdir(join(reportFile, '..'), { recursive: true });
  await writeFile(reportFile, renderReport(outcomes));
  const noticedCount = outcomes.filter(({ notice }) => notice).length;
  const silent = outcomes.filter(isSilent);
  for (const { name } of silent) console.log(`nothing fails without ${name}`);
  const counts = `${noticedCount} noticed, ${silent.length} not noticed`;
  console.log(`grants: ${counts} (seed ${seed}); the table: ${reportFile}`);
  process.exitCode = silent.length === 0 && outcomes.length > 0 ? 0 : 1;
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exitCode = 1;
}

/** Starts a variant and withdraws its statements one by one. */
async function testVariant(
  variant: Variant,
  byVariant: Awaited<ReturnType<typeof freePorts>>['byVariant'],
): Promise<Outcome[]> {
  const progress = terminalProgress((line) => console.log(line), logFolder);
  const shop = await startJudgedShop({ variant, variants, byVariant, logFolder, progress });
  const checks = await openChecks(shop, seed);
  try {
    const trial: Trial = { shop, checks, recorded: new RecordedChecks(shop, checks) };
    const outcomes: Outcome[] = [];
    for (const subject of chosenSubjects(shop.cloud.grants(), { ...values, seed })) {
      const startedAt = performance.now();
      const outcome = await outcomeOf(trial, subject);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      outcomes.push(outcome);
      console.log(`${isSilent(outcome) ? '✗' : '✓'} ${outcome.name} (${seconds} s)`);
      console.log(`    ${effectOf(outcome)}`);
      if (outcome.notice) console.log(`    ${outcome.notice.denial}`);
    }
    return outcomes;
  } finally {
    await checks.close();
    await shop.stop();
  }
}

/** Withdraws one statement. A fault, such as a check that fails with every statement, does not end the run. */
async function outcomeOf(trial: Trial, subject: Subject): Promise<Outcome> {
  const name = titleOf(subject);
  const { action, grant } = subject;
  try {
    const notice = await noticed(trial, subject);
    if (notice) return { name, notice };
  } catch (error) {
    return { name, fault: oneLine(error) };
  }
  if (action === undefined || trial.recorded.isUsed(grant, action)) return { name };
  const reason = reasonOf(grant, action);
  return reason === undefined ? { name } : { name, reason };
}
