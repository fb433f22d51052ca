import { StockRejected, StockReserved } from '@triptych/events';
import {
  exponentialBackoff,
  type MessageHandler,
  onEvent,
  onMessageFrom,
  routeMessages,
} from '@triptych/platform/queue';
import { currentLogger, span } from '@triptych/platform/telemetry';
import type { Clock, Payments } from '../core/index.ts';
import { refundRoute } from './refund-route.ts';
import { retryUndecided } from './retry-undecided.ts';

/** After this many retries, the provider's webhook or the deadline settles an undecided operation. */
const MAX_RETRIES = 3;
const backoff = exponentialBackoff(2, 30);
const wait = (count: number) => (count > MAX_RETRIES ? undefined : backoff(count));

/** The daily reconciliation covers two days, so that one missed run leaves no gap. */
const RECONCILED_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * Handles payments' queue: catalog's answers to a placed order, requested refunds, and the daily
 * schedule, which reconciles the ledger and logs each difference as an error.
 */
export function paymentsMessages(payments: Payments, clock: Clock): MessageHandler {
  const charge = retryUndecided(StockReserved, wait, ({ data }) =>
    span('payments.charge', { orderId: data.orderId }, () => payments.chargeOrder(data)),
  );
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
    charge,
    reject,
    refundRoute(payments, wait),
    onMessageFrom('aws.events', 'Scheduled Event', reconcile),
  ]);
}
