import { AppError } from '@triptych/platform/errors';
import type { Progress } from './drive-order.ts';
import { sameMoney } from './money.ts';
import type { Clock, Orders, PaymentProvider, ProviderRefund, Refunds } from './ports.ts';
import type { Refund } from './refund.ts';
import { fail, nextRefundAttempt, type RefundChange, succeed } from './refund-changes.ts';
import { timestamp } from './timestamp.ts';

/** The longest path is two changes; the rest is room for writers that got there first. */
const MAX_TURNS = 8;

export interface RefundDeps {
  orders: Orders;
  refunds: Refunds;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * Has a pending refund paid back. It looks first whether the provider has it already: a key is
 * forgotten after a day, and a refund that was carried out must not be asked for again.
 * @returns undecided when the provider gave no answer or is still at it: call again later
 * @throws AppError not-found `not-found`, conflict `order-busy`, internal `amount-differs`
 */
export async function settleRefund(
  deps: RefundDeps,
  { orderId, refundId }: { orderId: string; refundId: string },
): Promise<Progress> {
  const refund = await deps.refunds.find(orderId, refundId);
  const order = await deps.orders.find(orderId);
  if (!refund || !order?.intentId) throw noRefund(refundId);
  if (refund.state !== 'pending') return 'settled';
  const { intentId } = order;
  const known = await deps.provider.listRefunds(intentId);
  if (known === 'unknown') return 'undecided';
  const found = known.find((other) => other.refundId === refundId);
  if (found) return acceptRefund(deps, orderId, found);
  const { attempt, amount } = refund;
  const made = await deps.provider.createRefund({ orderId, refundId, attempt, intentId, amount });
  if (made.kind === 'created') return acceptRefund(deps, orderId, made.refund);
  const at = timestamp(deps.clock);
  if (made.kind === 'refused') {
    // What is refused as paid back already may have been paid back for us, by a rival who asked meanwhile.
    const now = await deps.provider.listRefunds(intentId);
    if (now === 'unknown') return 'undecided';
    const rivals = now.find((other) => other.refundId === refundId);
    if (rivals) return acceptRefund(deps, orderId, rivals);
    return change(deps, refund, async () => failing(deps, refund, made.code, at));
  }
  // Losing this write means that someone else has got further: equally undecided from here.
  if (made.keySpent) await deps.refunds.commit(nextRefundAttempt(refund, at));
  return 'undecided';
}

/**
 * Takes the provider's word on a refund. It only ever moves forward (pending, succeeded, failed), so
 * words that come late, twice or out of order change nothing.
 * @throws AppError not-found `not-found`, conflict `order-busy`, internal `amount-differs`
 */
export async function acceptRefund(
  deps: Pick<RefundDeps, 'orders' | 'refunds' | 'clock'>,
  orderId: string,
  word: ProviderRefund,
): Promise<Progress> {
  const refund = word.refundId && (await deps.refunds.find(orderId, word.refundId));
  if (!refund) throw noRefund(word.refundId ?? word.id);
  if (!sameMoney(word.amount, refund.amount)) {
    throw new AppError('internal', 'amount-differs', `${word.id} paid another amount back.`);
  }
  return change(deps, refund, async (current) => {
    const at = timestamp(deps.clock);
    if (word.status === 'succeeded' && current.state === 'pending') return succeed(current, at);
    if (word.status === 'failed' && current.state !== 'failed') {
      return failing(deps, current, word.reason ?? 'failed', at);
    }
    return current.state === 'pending' ? 'undecided' : 'settled';
  });
}

/** Makes a change, and decides anew for as long as others are faster. */
async function change(
  { refunds }: Pick<RefundDeps, 'refunds'>,
  first: Refund,
  step: (refund: Refund) => Promise<RefundChange | Progress>,
): Promise<Progress> {
  let refund: Refund | undefined = first;
  for (let turn = 0; turn < MAX_TURNS && refund; turn += 1) {
    const next = await step(refund);
    if (typeof next === 'string') return next;
    if (await refunds.commit(next)) return 'settled';
    refund = await refunds.find(first.orderId, first.id);
  }
  throw new AppError('conflict', 'order-busy', `Refund ${first.id} keeps changing.`);
}

async function failing(
  { orders }: Pick<RefundDeps, 'orders'>,
  refund: Refund,
  reason: string,
  at: string,
): Promise<RefundChange> {
  const order = await orders.find(refund.orderId);
  if (!order) throw noRefund(refund.id);
  return fail(refund, order, reason, at);
}

const noRefund = (id: string) => new AppError('not-found', 'not-found', `No refund ${id}.`);
