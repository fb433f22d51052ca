import { chargeLimits } from '@triptych/events';
import type {
  CreateAnswer,
  CreateIntent,
  CreateRefund,
  Intent,
  IntentAnswer,
  ProviderRefund,
  RefundAnswer,
  StatementCharge,
  StatementRefund,
} from '../core/index.ts';
import { cardOf } from './test-cards.ts';

const AT_ONCE = { first: 'succeeded', last: 'succeeded' } as const;

/** The intents and refunds of the fake provider, and the operations that its port has on them. */
export function providerRecords(nowMs: () => number) {
  const intents = new Map<string, Intent>();
  /** Oldest first. */
  const refunds: ProviderRefund[] = [];
  const paymentMethods = new Map<string, string>();
  /** When an intent took money or a refund was made, by id. */
  const times = new Map<string, number>();

  /** Sets an intent's status, if it has one of the statuses `from`. */
  function move(
    intentId: string,
    from: Intent['status'][],
    to: Intent['status'],
    code?: string,
  ): IntentAnswer {
    const intent = intents.get(intentId);
    if (!intent || !from.includes(intent.status)) return 'unknown';
    const { code: _, ...before } = intent;
    const moved = { ...before, status: to, ...(code === undefined ? {} : { code }) };
    intents.set(intentId, moved);
    if (to === 'succeeded') times.set(intentId, nowMs());
    return moved;
  }

  function create({ orderId, attempt, amount, paymentMethod }: CreateIntent): CreateAnswer {
    if (!cardOf(paymentMethod)) return { kind: 'refused', code: 'resource_missing' };
    const { minCents, maxCents } = chargeLimits(amount.currency);
    if (amount.amountCents < minCents) return refusedAmount('amount_too_small');
    if (amount.amountCents > maxCents) return refusedAmount('amount_too_large');
    const intent: Intent = { id: `pi_${orderId}_${attempt}`, orderId, status: 'open', amount };
    intents.set(intent.id, intent);
    paymentMethods.set(intent.id, paymentMethod);
    return { kind: 'created', intent };
  }

  function confirm(intentId: string): IntentAnswer {
    const declines = cardOf(paymentMethods.get(intentId) ?? '')?.declines;
    return move(intentId, ['open'], declines ? 'declined' : 'succeeded', declines);
  }

  function refund({ orderId, refundId, intentId, amount }: CreateRefund): RefundAnswer {
    const intent = intents.get(intentId);
    if (!intent) return { kind: 'refused', code: 'resource_missing' };
    if (intent.status !== 'succeeded') return { kind: 'refused', code: 'invalid-request' };
    const left = intent.amount.amountCents - refundedCents(refunds, intentId);
    if (cardOf(paymentMethods.get(intentId) ?? '')?.isChargedBack) {
      return { kind: 'refused', code: 'charge_disputed' };
    }
    if (left === 0) return { kind: 'refused', code: 'charge_already_refunded' };
    if (amount.amountCents > left) return { kind: 'refused', code: 'invalid-request' };
    const { first, last } = cardOf(paymentMethods.get(intentId) ?? '')?.refund ?? AT_ONCE;
    const ids = { id: `re_${refunds.length + 1}`, intentId, orderId, refundId };
    const reason = last === 'failed' ? 'expired_or_canceled_card' : null;
    refunds.push({ ...ids, status: last, reason, amount });
    times.set(ids.id, nowMs());
    return { kind: 'created', refund: { ...ids, status: first, reason: null, amount } };
  }

  function refundsOf(intentId: string): ProviderRefund[] | 'unknown' {
    if (!intents.has(intentId)) return 'unknown';
    return refunds.filter((made) => made.intentId === intentId).toReversed();
  }

  function statement(sinceMs: number): (StatementCharge | StatementRefund)[] {
    // A record that a test has added counts as made now.
    const atMs = (id: string) => wholeSeconds(times.get(id) ?? nowMs());
    const charges = [...intents.values()]
      .filter(({ status }) => status === 'succeeded')
      .map(
        ({ id, orderId, amount }) =>
          ({ kind: 'charge', intentId: id, orderId, amount, atMs: atMs(id) }) as const,
      );
    const paidBack = refunds.map(
      (made) => ({ kind: 'refund', ...made, atMs: atMs(made.id) }) as const,
    );
    const entries = [...charges.toReversed(), ...paidBack.toReversed()];
    return entries.filter((entry) => entry.atMs >= wholeSeconds(sinceMs));
  }

  return {
    intents,
    refunds,
    create,
    confirm,
    cancel: (intentId: string) => move(intentId, ['open', 'declined'], 'cancelled'),
    retrieve: (intentId: string): IntentAnswer => intents.get(intentId) ?? 'unknown',
    refund,
    refundsOf,
    statement,
  };
}

/** The cents of an intent that are refunded or about to be. */
const refundedCents = (refunds: ProviderRefund[], intentId: string) =>
  refunds
    .filter((made) => made.intentId === intentId && made.status !== 'failed')
    .reduce((cents, { amount }) => cents + amount.amountCents, 0);

const wholeSeconds = (ms: number) => Math.floor(ms / 1000) * 1000;

const refusedAmount = (code: string) => ({ kind: 'refused', code, about: 'amount' }) as const;
