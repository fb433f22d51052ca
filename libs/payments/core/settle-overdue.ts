import { chargeOutcome } from './charge-outcome.ts';
import { createIntent } from './create-intent.ts';
import { driveOrder } from './drive-order.ts';
import type { Progress } from './drive-record.ts';
import { captureKey } from './journal.ts';
import type { Clock, IntentAnswer, Orders, PaymentProvider } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { cancel } from './transitions.ts';

interface Deps {
  orders: Orders;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * Settles an order whose deadline has passed. The intent of a charging order is cancelled before
 * the order, so that it cannot take money afterwards. If it has taken the money, the order is
 * confirmed. A charging order without an intent is charged again, with the same idempotency key.
 * @returns `undecided` while the provider does not answer
 * @throws AppError not-found `not-found`, conflict `order-busy`, internal `amount-differs`
 */
export async function settleOverdue(deps: Deps, orderId: string): Promise<Progress> {
  const at = () => timestamp(deps.clock);
  let createdId: string | null = null;
  return driveOrder(deps.orders, orderId, async (order) => {
    // A reserved order may have an intent, but it is not stored, so it is never confirmed.
    if (order.state !== 'charging') return cancel(order, 'deadline', at());
    if (!order.intentId) {
      const next = await createIntent(deps, order, at);
      if (typeof next === 'object') createdId = next.to.intentId;
      return next;
    }
    const answer =
      order.intentId === createdId
        ? await deps.provider.confirmIntent(createdId, captureKey(order.id))
        : await closeIntent(deps.provider, order.intentId);
    return chargeOutcome(order, answer, at());
  });
}

async function closeIntent(provider: PaymentProvider, intentId: string): Promise<IntentAnswer> {
  const found = await provider.retrieveIntent(intentId);
  return found !== 'unknown' && found.status === 'open' ? provider.cancelIntent(intentId) : found;
}
