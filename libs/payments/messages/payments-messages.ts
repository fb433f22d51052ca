import { StockRejected, StockReserved } from '@triptych/events';
import {
  exponentialBackoff,
  type MessageHandler,
  onEvent,
  routeMessages,
} from '@triptych/platform/queue';
import { currentLogger, span } from '@triptych/platform/telemetry';
import type { Clock, Payments } from '../core/index.ts';
import { refundRoute } from './refund-route.ts';
import { retryUndecided } from './retry-undecided.ts';

/**
 * What is still undecided after these tries is left to the provider's webhook and to the deadline.
 */
const MAX_TRIES = 3;
const nextTry = exponentialBackoff(2, 30);
const fewTries = (count: number) => (count > MAX_TRIES ? undefined : nextTry(count));

/** The daily comparison looks back over two days, so that one missed day leaves no gap. */
const RECONCILED_MS = 2 * 24 * 60 * 60 * 1000;

/** What payments listens to: catalog's answer to a placed order, refunds to make, the daily call. */
export function paymentsMessages(payments: Payments, clock: Clock): MessageHandler {
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
  const reconcile = async () => {
    const differences = await span('payments.reconcile', {}, () =>
      payments.reconcile(clock.now() - RECONCILED_MS),
    );
    for (const difference of differences) {
      currentLogger().error({ ...difference }, 'ledger and provider differ');
    }
  };
  return routeMessages([
    retryUndecided(charge, fewTries),
    reject,
    retryUndecided(refundRoute(payments), fewTries),
    ['Scheduled Event', reconcile],
  ]);
}
