import { oneLine } from '@triptych/base/user-error';
import type { LocalCloud } from '@triptych/local-cloud';
import type { JudgedShop } from '../../run/start-judged-shop.ts';
import type { CheckResult, Checks } from './open-checks.ts';
import { isForStart, type RecordedChecks, type Subject } from './recorded-checks.ts';

/** Pauses between polls in total, for checks that are expected to fail. */
const IMPATIENT_MS = 5_000;

/** Files that are tried with processes that start without a statement. All start them in the same way. */
const MAX_STARTS = 3;

/** Files that are tried with running processes. They bound the time of a statement that nothing notices. */
const MAX_FILES = 12;

/** It makes every process work, and sees what AWS's services do on their own: schedules and logs. */
const SERVICES = 'grants/services';

const RESTART = 'restart > ';

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
 * only if the withdrawal caused a denial, and if the same check passes with the statement and fails again without it.
 * @returns undefined when nothing failed
 * @throws Error when a check fails although every statement applies
 */
export async function noticed(trial: Trial, subject: Subject): Promise<Notice | undefined> {
  const restarts = isForStart(subject.grant, subject.action);
  if (restarts) {
    const notice = await noticedBy(trial, subject, { files: [SERVICES], restarts });
    if (notice) return notice;
  }
  const tried: string[] = [];
  for await (const file of trial.recorded.using(subject)) {
    if (restarts && file === SERVICES) continue;
    tried.push(file);
    const notice = await noticedBy(trial, subject, { files: [file], restarts });
    if (notice) return notice;
    if (tried.length === (restarts ? MAX_STARTS : MAX_FILES)) break;
  }
  if (restarts) return undefined;
  // A running process may have kept the result of an earlier call.
  const files = [...new Set([SERVICES, ...tried.slice(0, 2)])];
  return noticedBy(trial, subject, { files, restarts: true });
}

interface Attempt {
  /** Run until one fails. */
  readonly files: readonly string[];
  /** Replaces the processes of the stack first, so that they start without the statement. */
  readonly restarts: boolean;
}

async function noticedBy(
  trial: Trial,
  subject: Subject,
  { files, restarts }: Attempt,
): Promise<Notice | undefined> {
  const all = files.map((file) => ({ file }));
  const { failure, denial } = await attempt(trial, subject, restarts, all);
  if (failure === undefined || denial === undefined) return undefined;
  if (failure.startsWith(RESTART)) return { failure, denial };
  // A check that fails for another reason, such as a slow machine, does not fail only without the statement.
  const only = { file: failure.split(' > ', 1)[0] ?? '', only: failure };
  const polledMs = await patienceFor(trial, only);
  const second = await attempt(trial, subject, restarts, [{ ...only, polledMs }]);
  return second.failure === failure ? { failure, denial } : undefined;
}

interface Check {
  readonly file: string;
  /** Only this check of the file. */
  readonly only?: string;
  /** The pauses between polls in total (default: {@link IMPATIENT_MS}). */
  readonly polledMs?: number;
}

/** Runs checks without a statement until one fails. Returns its name, and a denial that the statement would have prevented. */
async function attempt(
  { checks, shop: { cloud } }: Trial,
  { grant, action }: Subject,
  restarts: boolean,
  all: readonly Check[],
): Promise<Partial<Notice>> {
  const withdrawn = cloud.withdraw(grant, action);
  try {
    let failure = restarts ? await restartFailure(cloud, grant.stack) : undefined;
    for (const { file, ...options } of all) {
      if (failure !== undefined) break;
      ({ failure } = await checks.run(file, { polledMs: IMPATIENT_MS, ...options }));
    }
    const [denial] = withdrawn.denials();
    return { ...(failure === undefined ? {} : { failure }), ...(denial ? { denial } : {}) };
  } finally {
    withdrawn.restore();
    if (restarts) await cloud.restart(grant.stack);
  }
}

async function restartFailure(cloud: LocalCloud, stack: string): Promise<string | undefined> {
  try {
    await cloud.restart(stack);
    return undefined;
  } catch (error) {
    return `${RESTART}${oneLine(error)}`;
  }
}

/**
 * The pauses between polls that a check may need in total while every statement applies. A slow machine needs more of them, and
 * so do messages and streams that failed before, which are retried after a pause.
 * @throws Error when it fails even with the patience of the suites
 */
async function patienceFor({ checks, shop }: Trial, { file, ...options }: Check): Promise<number> {
  const isPassed = ({ failure, ended }: CheckResult) => failure === undefined && ended > 0;
  if (isPassed(await checks.run(file, { ...options, polledMs: IMPATIENT_MS }))) return IMPATIENT_MS;
  const patient = await checks.run(file, options);
  if (isPassed(patient)) return Math.max(IMPATIENT_MS, patient.ms);
  throw new Error(`${shop.variant}: a check fails with every statement: ${options.only}`);
}
