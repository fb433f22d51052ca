import type { Progress } from './drive-record.ts';
import { type Order, totalOf } from './order.ts';
import type { Orders, PaymentProvider } from './ports.ts';
import { refusalReason } from './refusal-reason.ts';
import { type Change, cancel, nextAttempt, startCharging, storeIntent } from './transitions.ts';

interface Deps {
  orders: Orders;
  provider: PaymentProvider;
}

/**
 * The change after an attempt to create the order's intent. An intent takes no money until it is
 * confirmed, and only a stored intent is ever confirmed.
 *
 * An order that is already charging has no intent if an earlier version of this shop stored an answer
 * without an id. The attempt's key has not changed, so the provider returns the intent that it may have
 * created then.
 */
export async function createIntent(
  { orders, provider }: Deps,
  order: Order,
  at: () => string,
): Promise<Change | Progress> {
  const { id: orderId, intentAttempt: attempt, paymentMethod } = order;
  const amount = totalOf(order);
  const created = await provider.createIntent({ orderId, attempt, amount, paymentMethod });
  if (created.kind === 'refused') {
    return cancel(order, refusalReason(created), at(), created.code);
  }
  if (created.kind === 'created') {
    const intentId = created.intent.id;
    return order.state === 'charging'
      ? storeIntent(order, intentId)
      : startCharging(order, intentId, at());
  }
  // If this write fails, another process has moved the order on. Here it is undecided either way.
  if (created.keySpent) await orders.commit(nextAttempt(order));
  return 'undecided';
}
