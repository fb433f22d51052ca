import { setTimeout as sleep } from 'node:timers/promises';
import { PartFindings } from '../../data/index.ts';
import { registerAccounts, ShopConnection } from '../../workloads/index.ts';
import type { ComparedTarget, LocalShop, MeasurePart, PartContext } from '../part.ts';
import { bookErrors, unfinished } from './faults/check-books.ts';
import { type Answered, Customer } from './faults/customer.ts';
import { type Fault, faultsOf } from './faults/faults-of.ts';
import { functionsLast, ownShareMs } from './own-share.ts';

/** How long each capability may take to answer during a fault, and so the shortest duration of a fault. */
const ANSWER_TIMEOUT_MS = { quick: 1_000, full: 2_500 };
/** The interval between checks for recovery. */
const RETRY_MS = 150;
const LONGEST_RECOVERY_MS = { quick: 8_000, full: 25_000 };
/** Time per target for open orders to finish and for checking the books. */
const BOOKS_MS = { quick: 3_500, full: 8_000 };
/** Time reserved for each later target. Slow targets get what fast ones leave. */
const RESERVED_MS = 32_000;

/** Injects one fault after another and measures what still answers, how long recovery takes and which orders are lost. */
export const measureFaults: MeasurePart = async (context) => {
  const findings = new PartFindings('faults');
  const until = performance.now() + context.budgetMs;
  const local: { target: ComparedTarget; shop: LocalShop }[] = [];
  for (const target of functionsLast(context.targets)) {
    if (target.local) local.push({ target, shop: target.local });
    else {
      const why = 'faults are injected only into local targets';
      findings.addMissing({ target: target.name, what: 'every fault', why });
    }
  }
  if (context.mode === 'quick') {
    // The measurement mostly waits, and each target has its own cloud, so they can run in parallel.
    const all = local.map(({ target, shop }) => breakAll(context, findings, target, shop, until));
    await Promise.all(all);
    return findings;
  }
  for (const [index, { target, shop }] of local.entries()) {
    const now = performance.now();
    const after = local.length - index - 1;
    const leftMs = until - now;
    const shareMs = ownShareMs(leftMs, after, RESERVED_MS);
    await breakAll(context, findings, target, shop, now + shareMs);
  }
  return findings;
};

async function breakAll(
  context: PartContext,
  findings: PartFindings,
  target: ComparedTarget,
  local: LocalShop,
  until: number,
): Promise<void> {
  const { mode, signal, progress } = context;
  const { name } = target;
  const connection = new ShopConnection(target.baseUrl);
  const [account] = await registerAccounts(connection, 1).finally(() => connection.close());
  if (!account) throw new Error(`${name} registered no account`);
  const customer = await Customer.arrive(target, account);
  const faults = await faultsOf(target, local);
  const taken = new Map<Fault, readonly string[]>();
  try {
    // Everything is warm and works before the first fault.
    await recovered(customer, LONGEST_RECOVERY_MS[mode], signal);
    await customer.tryNewPicture(LONGEST_RECOVERY_MS[mode]);
    let longestMs = 0;
    for (const [index, fault] of faults.entries()) {
      if (signal.aborted || performance.now() + longestMs + BOOKS_MS[mode] > until) {
        const why = signal.aborted ? 'the run was interrupted' : 'its time budget ran out';
        for (const left of faults.slice(index))
          findings.addMissing({ target: name, what: left.title, why });
        break;
      }
      progress(index, faults.length, `${name}: ${fault.title}`);
      const since = performance.now();
      const from = customer.taken.length;
      await breakOne({ context, findings, target, fault, customer });
      taken.set(fault, customer.taken.slice(from));
      longestMs = Math.max(longestMs, performance.now() - since);
    }
    await addLosses({ findings, target, local, customer, taken, mode, until });
  } finally {
    local.shop.cloud.misbehave({ away: [] });
    customer.close();
  }
}

async function breakOne(options: {
  context: PartContext;
  findings: PartFindings;
  target: ComparedTarget;
  fault: Fault;
  customer: Customer;
}): Promise<void> {
  const { context, findings, target, fault, customer } = options;
  const { mode, signal } = context;
  const mend = await fault.begin();
  let answers: readonly Answered[];
  try {
    await sleep(100);
    const [steps, newPicture] = await Promise.all([
      customer.tryAll(ANSWER_TIMEOUT_MS[mode]),
      customer.tryNewPicture(ANSWER_TIMEOUT_MS[mode]),
    ]);
    answers = newPicture ? [...steps, newPicture] : steps;
  } finally {
    await mend();
  }
  const seconds = await recovered(customer, LONGEST_RECOVERY_MS[mode], signal);
  for (const { capability, ok, why } of answers) {
    const text = `${capability}: ${ok ? 'answers' : (why ?? 'does not answer')}`;
    findings.fact({ target: target.name, subject: fault.title, text, ok });
  }
  const answering = answers.filter(({ ok }) => ok).map(({ capability }) => capability);
  findings.figure({
    what: `${fault.id}/answering`,
    target: target.name,
    title: `Capabilities that still answer while ${fault.title}`,
    value: answering.length,
    unit: 'count',
    origin: `of ${answers.length} capabilities tried in parallel, each for up to ${ANSWER_TIMEOUT_MS[mode] / 1000} s: ${answering.join(', ') || 'none'}; local, not AWS`,
    better: 'higher',
  });
  if (seconds === undefined) {
    const why = `not everything worked again within ${LONGEST_RECOVERY_MS[mode] / 1000} s`;
    findings.addMissing({ target: target.name, what: `Recovery time: ${fault.title}`, why });
    return;
  }
  const beside = mode === 'quick' ? '; the faults of all targets ran in parallel' : '';
  findings.figure({
    what: `${fault.id}/recovery`,
    target: target.name,
    title: `Recovery time: ${fault.title}`,
    value: seconds,
    unit: 's',
    sampled: { n: 1, spread: { kind: 'min-max', low: seconds, high: seconds } },
    origin: `from the end of the fault until browsing, a picture, a log-in and an order up to its confirmation all succeed in the same check, repeated until they do${beside}; local, not AWS`,
    better: 'lower',
  });
}

/** Waits until everything works and returns the seconds; undefined if that takes longer than `withinMs`. */
async function recovered(
  customer: Customer,
  withinMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const since = performance.now();
  while (performance.now() - since < withinMs && !signal.aborted) {
    const leftMs = withinMs - (performance.now() - since);
    const answers = await customer.tryAll(Math.max(200, Math.min(5_000, leftMs)));
    if (answers.every(({ ok }) => ok)) return (performance.now() - since) / 1000;
    await sleep(RETRY_MS);
  }
  return undefined;
}

/** Counts accepted orders (202) that never finish, and checks the books against the provider. */
async function addLosses(options: {
  findings: PartFindings;
  target: ComparedTarget;
  local: LocalShop;
  customer: Customer;
  taken: ReadonlyMap<Fault, readonly string[]>;
  mode: 'quick' | 'full';
  until: number;
}): Promise<void> {
  const { findings, target, local, customer, taken, mode, until } = options;
  const { name } = target;
  if (taken.size === 0) return;
  const withinMs = Math.max(BOOKS_MS[mode], until - performance.now()) - 500;
  const left = new Set(await unfinished(customer, local, [...taken.values()].flat(), withinMs));
  const books = await bookErrors(target, local).catch((error: Error) => [error.message]);
  for (const [fault, ids] of taken) {
    const lost = ids.filter((id) => left.has(id)).length;
    findings.figure({
      what: `${fault.id}/lost`,
      target: name,
      title: `Accepted orders that never finished: ${fault.title}`,
      value: lost,
      unit: 'count',
      origin: `of ${ids.length} orders accepted with 202 during the fault and the recovery; checked for up to ${Math.round(withinMs / 1000)} s after all faults`,
      better: 'lower',
    });
  }
  findings.fact({
    target: name,
    subject: 'Books after all faults',
    text:
      books.length === 0
        ? 'the ledger sums to zero and matches the provider’s statement'
        : books.slice(0, 5).join('; '),
    ok: books.length === 0,
  });
}
