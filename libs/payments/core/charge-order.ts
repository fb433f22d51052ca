import type { StockReserved } from '@triptych/events';
import { chargeOutcome } from './charge-outcome.ts';
import { createIntent } from './create-intent.ts';
import { driveOrder } from './drive-order.ts';
import type { Progress } from './drive-record.ts';
import { captureKey } from './journal.ts';
import type { Order } from './order.ts';
import type { Clock, IntentAnswer, Orders, PaymentProvider } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { reserve } from './transitions.ts';

/** Catalog's quote for the stock that it reserved. */
export type ChargeOrder = StockReserved['data'];

interface Deps {
  orders: Orders;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * Charges an order whose stock is reserved. Changes nothing if the order has been cancelled;
 * catalog releases the stock on `order.cancelled`.
 * @returns `undecided` when the provider does not answer; the message's next delivery, the webhook
 *   or the deadline settles the order
 * @throws AppError unprocessable `quote-differs`, not-found `not-found`, conflict `order-busy`,
 *   internal `amount-differs`
 */
export async function chargeOrder(deps: Deps, quote: ChargeOrder): Promise<Progress> {
  const at = () => timestamp(deps.clock);
  let createdId: string | null = null;
  return driveOrder(deps.orders, quote.orderId, async (order) => {
    if (order.state === 'placed') return reserve(order, quote, at());
    if (!order.intentId) {
      const next = await createIntent(deps, order, at);
      if (typeof next === 'object') createdId = next.to.intentId;
      return next;
    }
    return chargeOutcome(order, await takeMoney(deps.provider, order, createdId), at());
  });
}

/**
 * Confirms the order's intent. An intent that this call did not create may be confirmed already, so
 * it is retrieved first. A message therefore makes at most two calls to the provider, and two
 * time-outs fit into the worker's time.
 */
async function takeMoney(
  provider: PaymentProvider,
  { id, intentId }: Order,
  createdId: string | null,
): Promise<IntentAnswer> {
  if (intentId === null) return 'unknown';
  if (intentId !== createdId) {
    const found = await provider.retrieveIntent(intentId);
    if (found === 'unknown' || found.status !== 'open') return found;
  }
  return provider.confirmIntent(intentId, captureKey(id));
}
