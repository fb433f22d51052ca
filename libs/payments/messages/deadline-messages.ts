import { OrderPlaced } from '@triptych/events';
import {
  exponentialBackoff,
  type MessageHandler,
  onEvent,
  routeMessages,
} from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Payments } from '../core/index.ts';
import { refundRoute } from './refund-route.ts';
import { retryUndecided } from './retry-undecided.ts';

/**
 * An order is never unfinished for longer than 15 minutes after the provider answers again, so it
 * is asked more often.
 */
const MAX_WAIT_SECONDS = 600;

/**
 * The deadline queue: each order.placed and refund.requested comes here once more, late, and is put
 * back until the order or the refund is settled.
 */
export function deadlineMessages(payments: Payments): MessageHandler {
  const settle = onEvent(OrderPlaced, async ({ data: { orderId } }) => {
    const progress = await span('payments.settle-overdue', { orderId }, () =>
      payments.settleOverdue(orderId),
    );
    return progress === 'undecided' ? { retryAfterSeconds: 0 } : undefined;
  });
  const wait = exponentialBackoff(5, MAX_WAIT_SECONDS);
  return routeMessages([settle, refundRoute(payments)].map((route) => retryUndecided(route, wait)));
}
