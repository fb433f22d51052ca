import { setTimeout as sleep } from 'node:timers/promises';
import { PartFindings } from '../../data/index.ts';
import { registerAccounts, ShopConnection } from '../../workloads/index.ts';
import type { ComparedTarget, LocalShop, MeasurePart, PartContext } from '../part.ts';
import { unended, wrongInBooks } from './faults/check-books.ts';
import { type Answered, Customer } from './faults/customer.ts';
import { type Fault, faultsOf } from './faults/faults-of.ts';
import { functionsLast, ownShareMs } from './own-share.ts';

/** How long everything may take to answer while a fault lasts, and so how long it lasts at least. */
const patienceMs = { quick: 1_000, full: 2_500 };
/** Tries after a fault, until all works again. */
const tryEveryMs = 150;
const longestRecoveryMs = { quick: 8_000, full: 25_000 };
/** Of a target's time, for waiting until every order has ended and for the books. */
const booksMs = { quick: 3_500, full: 8_000 };
/** Left to each target that comes after; what the fast ones do not use is for the slow ones. */
const reservedMs = 32_000;

/** Breaks one thing after the other: what still answers, how long until all works again, what was lost. */
export const measureFaults: MeasurePart = async (context) => {
  const findings = new PartFindings('faults');
  const until = performance.now() + context.budgetMs;
  const local: { target: ComparedTarget; shop: LocalShop }[] = [];
  for (const target of functionsLast(context.targets)) {
    if (target.local) local.push({ target, shop: target.local });
    else {
      const why = 'what runs elsewhere is not broken from here';
      findings.lack({ target: target.name, what: 'every fault', why });
    }
  }
  if (context.mode === 'quick') {
    // Mostly waiting, each in a cloud of its own.
    const all = local.map(({ target, shop }) => breakAll(context, findings, target, shop, until));
    await Promise.all(all);
    return findings;
  }
  for (const [index, { target, shop }] of local.entries()) {
    const now = performance.now();
    const after = local.length - index - 1;
    const leftMs = until - now;
    const shareMs = ownShareMs(leftMs, after, reservedMs);
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
  if (!account) throw new Error(`${name} registered nobody`);
  const customer = await Customer.arrive(target, account);
  const faults = await faultsOf(target, local);
  const taken = new Map<Fault, readonly string[]>();
  try {
    // Everything is warm, and known to work, before something is broken.
    await recovered(customer, longestRecoveryMs[mode], signal);
    await customer.tryNewPicture(longestRecoveryMs[mode]);
    let longestMs = 0;
    for (const [index, fault] of faults.entries()) {
      if (signal.aborted || performance.now() + longestMs + booksMs[mode] > until) {
        const why = signal.aborted ? 'the run was interrupted' : 'its time was over';
        for (const left of faults.slice(index))
          findings.lack({ target: name, what: left.title, why });
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
      customer.tryAll(patienceMs[mode]),
      customer.tryNewPicture(patienceMs[mode]),
    ]);
    answers = newPicture ? [...steps, newPicture] : steps;
  } finally {
    await mend();
  }
  const seconds = await recovered(customer, longestRecoveryMs[mode], signal);
  for (const { capability, ok, why } of answers) {
    const text = `${capability}: ${ok ? 'answers' : (why ?? 'does not answer')}`;
    findings.fact({ target: target.name, subject: fault.title, text, ok });
  }
  const answering = answers.filter(({ ok }) => ok).map(({ capability }) => capability);
  findings.figure({
    what: `${fault.id}/answering`,
    target: target.name,
    title: `What still answers while ${fault.title}`,
    value: answering.length,
    unit: 'count',
    origin: `of ${answers.length} that were tried at once, each for up to ${patienceMs[mode] / 1000} s: ${answering.join(', ') || 'none'}; local, not AWS`,
    better: 'higher',
  });
  if (seconds === undefined) {
    const why = `not all of it worked again within ${longestRecoveryMs[mode] / 1000} s`;
    findings.lack({ target: target.name, what: `recovery after: ${fault.title}`, why });
    return;
  }
  const beside = mode === 'quick' ? '; the targets were broken side by side' : '';
  findings.figure({
    what: `${fault.id}/recovery`,
    target: target.name,
    title: `Until all works again after ${fault.title}`,
    value: seconds,
    unit: 's',
    sampled: { n: 1, spread: { kind: 'min-max', low: seconds, high: seconds } },
    origin: `from the end of the fault until browsing, a picture, a log-in and an order to its confirmation work at once, tried again and again${beside}; local, not AWS`,
    better: 'lower',
  });
}

/** Seconds until everything works; undefined when it does not within `withinMs`. */
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
    await sleep(tryEveryMs);
  }
  return undefined;
}

/** An order that was taken (202) must end, and the books must agree with the provider. */
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
  const withinMs = Math.max(booksMs[mode], until - performance.now()) - 500;
  const left = new Set(await unended(customer, local, [...taken.values()].flat(), withinMs));
  const books = await wrongInBooks(target, local).catch((error: Error) => [error.message]);
  for (const [fault, ids] of taken) {
    const lost = ids.filter((id) => left.has(id)).length;
    findings.figure({
      what: `${fault.id}/lost`,
      target: name,
      title: `Orders that were taken and did not end: ${fault.title}`,
      value: lost,
      unit: 'count',
      origin: `of ${ids.length} orders answered with 202 during the fault and until all worked again; looked for up to ${Math.round(withinMs / 1000)} s after all faults`,
      better: 'lower',
    });
  }
  findings.fact({
    target: name,
    subject: 'Books after all faults',
    text:
      books.length === 0
        ? 'the ledger sums to zero and agrees with the statement of the provider'
        : books.slice(0, 5).join('; '),
    ok: books.length === 0,
  });
}
