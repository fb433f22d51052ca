import { oneLine } from '@triptych/base/user-error';
import type { JudgedShop } from '../../run/start-judged-shop.ts';
import type { Checks } from './open-checks.ts';
import { isForStart, type RecordedChecks, type Subject } from './recorded-checks.ts';

/** Pauses between polls in total, for checks that are expected to fail. */
const IMPATIENT_MS = 5_000;

/** Files that are tried with processes that start without a statement. All start them in the same way. */
const MAX_STARTS = 3;

/** It sees what AWS's services do on their own: schedules and logs. */
const SERVICES = 'grants/services';

/** What a run of `npm run test:grants` uses. */
export interface Trial {
  readonly shop: JudgedShop;
  readonly checks: Checks;
  readonly recorded: RecordedChecks;
}

/** What noticed that a statement was missing. */
export interface Notice {
  /** The check that failed, by name. */
  readonly failure: string;
  /** The first denial that the statement would have prevented. */
  readonly denial: string;
}

/**
 * Withdraws a statement, or one action of it, from a running shop and runs the checks that use it, until one fails. It counts
 * only if the withdrawal caused a denial and if the same check passes once the statement is restored.
 * @returns undefined when nothing failed
 * @throws Error when a check fails although every statement applies
 */
export async function noticed(trial: Trial, subject: Subject): Promise<Notice | undefined> {
  const isForStarts = isForStart(subject.grant, subject.action);
  if (isForStarts) {
    // A container that does not start is enough. Functions start with their next invocation.
    const notice = await noticedBy(trial, subject, { files: [], restarts: true });
    if (notice) return notice;
  }
  const tried: string[] = [];
  for await (const file of trial.recorded.using(subject)) {
    tried.push(file);
    const notice = await noticedBy(trial, subject, { files: [file], restarts: isForStarts });
    if (notice) return notice;
    if (isForStarts && tried.length === MAX_STARTS) return undefined;
  }
  if (isForStarts) return undefined;
  // A running process may have kept the result of an earlier call.
  return noticedBy(trial, subject, { files: tried.slice(0, 2), restarts: true });
}

interface Attempt {
  /** Run until one fails, and then {@link SERVICES}. */
  readonly files: readonly string[];
  /** Replaces the processes of the stack first, so that they start without the statement. */
  readonly restarts: boolean;
}

async function noticedBy(
  trial: Trial,
  { grant, action }: Subject,
  { files, restarts }: Attempt,
): Promise<Notice | undefined> {
  const { checks, shop } = trial;
  const { cloud } = shop;
  const withdrawn = cloud.withdraw(grant, action);
  let failure: string | undefined;
  let denial: string | undefined;
  try {
    if (restarts) failure = await restartFailure(shop, grant.stack);
    const all = files.length === 0 ? [] : new Set([...files, SERVICES]);
    for (const file of all) {
      failure ??= (await checks.run(file, { polledMs: IMPATIENT_MS })).failure;
    }
    [denial] = withdrawn.denials();
  } finally {
    withdrawn.restore();
    if (restarts) await cloud.restart(grant.stack);
  }
  if (failure === undefined || denial === undefined) return undefined;
  await assertPassing(trial, failure);
  return { failure, denial };
}

async function restartFailure({ cloud }: JudgedShop, stack: string): Promise<string | undefined> {
  try {
    await cloud.restart(stack);
    return undefined;
  } catch (error) {
    return `restart > ${oneLine(error)}`;
  }
}

/**
 * Runs a check again, once every statement applies. @throws Error when it fails, even with patience
 */
async function assertPassing({ checks, shop }: Trial, failure: string): Promise<void> {
  const [file = ''] = failure.split(' > ', 1);
  if (file === 'restart') return;
  const again = await checks.run(file, { only: failure });
  if (again.failure !== undefined || again.ended === 0) {
    throw new Error(`${shop.variant}: a check fails with every statement: ${failure}`);
  }
}
