import { OrderPlaced } from '@triptych/events';
import { exponentialBackoff, type MessageHandler, routeMessages } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Payments } from '../core/index.ts';
import { refundRoute } from './refund-route.ts';
import { retryUndecided } from './retry-undecided.ts';

/** Below 15 minutes: within that time after the provider recovers, every order must be finished. */
const MAX_WAIT_SECONDS = 600;

/**
 * Handles the deadline queue. It receives every order.placed and refund.requested a second time,
 * 15 minutes late. A message goes back to the queue until its order or refund is settled.
 */
export function deadlineMessages(payments: Payments): MessageHandler {
  const wait = exponentialBackoff(5, MAX_WAIT_SECONDS);
  const settle = retryUndecided(
    OrderPlaced,
    wait,
    ({ data: { orderId } }) =>
      span('payments.settle-overdue', { orderId }, () => payments.settleOverdue(orderId)),
    ['orderId'],
  );
  return routeMessages([settle, refundRoute(payments, wait)]);
}
