import type { StockReserved } from '@triptych/events';
import { chargeOutcome } from './charge-outcome.ts';
import { driveOrder, type Progress } from './drive-order.ts';
import { captureKey } from './journal.ts';
import { type Order, totalOf } from './order.ts';
import type { Clock, IntentAnswer, Orders, PaymentProvider } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { type Change, cancel, nextAttempt, reserve, startCharging } from './transitions.ts';

export interface ChargeDeps {
  orders: Orders;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * The stock is reserved: take the money. A reservation that comes after the order was cancelled
 * changes nothing here; catalog releases it on order.cancelled.
 * @returns undecided when the provider gave no answer: call again, or leave it to webhook and
 *   deadline
 * @throws AppError unprocessable `quote-differs`, not-found `not-found`, conflict `order-busy`
 */
export async function chargeOrder(
  deps: ChargeDeps,
  quote: StockReserved['data'],
): Promise<Progress> {
  const at = () => timestamp(deps.clock);
  let justMade: string | null = null;
  return driveOrder(deps.orders, quote.orderId, async (order) => {
    if (order.state === 'placed') return reserve(order, quote, at());
    if (order.state === 'reserved') {
      const next = await makeIntent(deps, order, at);
      if (typeof next === 'object') justMade = next.to.intentId;
      return next;
    }
    if (order.intentId === null) return cancel(order, 'declined', at());
    return chargeOutcome(order, await collect(deps.provider, order, justMade), at());
  });
}

/**
 * An intent takes no money until it is confirmed, and only the one that is stored with the order
 * ever is.
 */
async function makeIntent(
  { orders, provider }: ChargeDeps,
  order: Order,
  at: () => string,
): Promise<Change | Progress> {
  const { id: orderId, intentAttempt: attempt, paymentMethod } = order;
  const amount = totalOf(order);
  const made = await provider.createIntent({ orderId, attempt, amount, paymentMethod });
  if (made.kind === 'created') return startCharging(order, made.intent.id, at());
  if (made.kind === 'refused') return startCharging(order, null, at());
  // Losing this write means that someone else has got further: equally undecided from here.
  if (made.keySpent) await orders.commit(nextAttempt(order));
  return 'undecided';
}

/**
 * Confirms an intent that was made a moment ago; one that was made earlier may be confirmed
 * already, so look first. Either way a message makes two calls at most, so that two that time out
 * still fit into the worker's time; what stays unknown is looked at when the message comes again.
 */
async function collect(
  provider: PaymentProvider,
  { id, intentId }: Order,
  justMade: string | null,
): Promise<IntentAnswer> {
  if (intentId === null) return 'unknown';
  if (intentId !== justMade) {
    const found = await provider.retrieveIntent(intentId);
    if (found === 'unknown' || found.status !== 'open') return found;
  }
  return provider.confirmIntent(intentId, captureKey(id));
}
