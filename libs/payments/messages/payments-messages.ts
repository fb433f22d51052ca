import {
  RECONCILIATION,
  StockRejected,
  StockReserved,
  UNFINISHED_ORDERS_CHECK,
} from '@triptych/events';
import {
  exponentialBackoff,
  type MessageHandler,
  onEvent,
  onMessageFrom,
  routeMessages,
} from '@triptych/platform/queue';
import { currentLogger, errorCode, metricFields, span } from '@triptych/platform/telemetry';
import type { Clock, Payments } from '../core/index.ts';
import { refundRoute } from './refund-route.ts';
import { retryUndecided } from './retry-undecided.ts';

/** After this many retries, the provider's webhook or the deadline settles an undecided operation. */
const MAX_RETRIES = 3;
const backoff = exponentialBackoff(2, 30);
const wait = (count: number) => (count > MAX_RETRIES ? undefined : backoff(count));

/** The daily reconciliation covers two days, so that one missed run leaves no gap. */
const RECONCILED_MS = 2 * 24 * 60 * 60 * 1000;

/** Counts orders that should have ended long ago in CloudWatch. Infra has an alarm on it. */
const UNFINISHED_METRIC = 'UnfinishedOrders';

/**
 * Handles payments' queue: catalog's answers to a placed order, requested refunds, and two schedules.
 * The daily one reconciles the ledger and logs each difference as an error. The hourly one settles
 * orders that should have ended long ago, and logs and counts those that it cannot settle.
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
  const settleUnfinished = async () => {
    await listMissing(payments);
    const left = await span('payments.settle-unfinished', {}, () => payments.settleUnfinished());
    for (const { order, error } of left) {
      const { id: orderId, state, createdAt } = order;
      const failure = error === undefined ? {} : { code: errorCode(error), err: error };
      const metric = metricFields(UNFINISHED_METRIC, ['service', 'variant']);
      currentLogger().error(
        { orderId, state, createdAt, ...failure, ...metric },
        'order unfinished',
      );
    }
  };
  return routeMessages([
    charge,
    reject,
    refundRoute(payments, wait),
    onMessageFrom(RECONCILIATION.source, RECONCILIATION['detail-type'], reconcile),
    onMessageFrom(
      UNFINISHED_ORDERS_CHECK.source,
      UNFINISHED_ORDERS_CHECK['detail-type'],
      settleUnfinished,
    ),
  ]);
}

/** A failure is logged and does not keep the orders that are listed from ending. */
async function listMissing(payments: Payments): Promise<void> {
  try {
    const added = await span('payments.list-missing', {}, () => payments.listMissing());
    if (added > 0) currentLogger().warn({ added }, 'unfinished orders added to the list');
  } catch (error) {
    currentLogger().error({ code: errorCode(error), err: error }, 'unfinished orders not listed');
  }
}
