import { StockRejected, StockReserved } from '@triptych/events';
import { doubling, type MessageHandler, onEvent, routeMessages } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Payments } from '../core/index.ts';
import { retryUndecided } from './retry-undecided.ts';

/**
 * A charge that is still undecided after these tries is left to the provider's webhook and to the
 * deadline.
 */
const MAX_CHARGE_TRIES = 3;
const nextTry = doubling(2, 30);

/** What payments listens to: catalog's answer to a placed order. */
export function paymentsMessages(payments: Payments): MessageHandler {
  const charge = onEvent(StockReserved, async ({ data }) => {
    const progress = await span('payments.charge', { orderId: data.orderId }, () =>
      payments.chargeOrder(data),
    );
    return progress === 'undecided' ? { retryAfterSeconds: 0 } : undefined;
  });
  const reject = onEvent(StockRejected, async ({ data }) => {
    const { orderId, reason } = data;
    await span('payments.reject', { orderId, reason }, () => payments.rejectOrder(data));
  });
  return routeMessages([
    retryUndecided(charge, (count) => (count > MAX_CHARGE_TRIES ? undefined : nextTry(count))),
    reject,
  ]);
}
