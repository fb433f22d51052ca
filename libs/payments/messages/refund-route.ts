import { RefundRequested } from '@triptych/events';
import type { MessageRoute } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Payments } from '../core/index.ts';
import { retryUndecided, type WaitSeconds } from './retry-undecided.ts';

/** refund.requested: settles the refund. Both queues receive this event. */
export function refundRoute(payments: Payments, wait: WaitSeconds): MessageRoute {
  return retryUndecided(RefundRequested, wait, ({ data }) =>
    span('payments.refund', { ...data }, () => payments.settleRefund(data)),
  );
}
