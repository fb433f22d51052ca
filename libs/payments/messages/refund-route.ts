import { RefundRequested } from '@triptych/events';
import { type MessageRoute, onEvent } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Payments } from '../core/index.ts';

/** Has a requested refund paid back; asks to be called again while it is undecided. */
export function refundRoute(payments: Payments): MessageRoute {
  return onEvent(RefundRequested, async ({ data }) => {
    const progress = await span('payments.refund', { ...data }, () => payments.settleRefund(data));
    return progress === 'undecided' ? { retryAfterSeconds: 0 } : undefined;
  });
}
