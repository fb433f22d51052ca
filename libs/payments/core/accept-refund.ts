import { AppError } from '@triptych/platform/errors';
import type { Progress } from './drive-record.ts';
import { driveRefund, failRefund } from './drive-refund.ts';
import { sameMoney } from './money.ts';
import type { Clock, Orders, ProviderRefund, Refunds } from './ports.ts';
import { succeed } from './refund-changes.ts';
import { timestamp } from './timestamp.ts';

export interface AcceptRefund {
  readonly orderId: string;
  readonly refundId: string;
  /** The provider's record of this refund. */
  readonly reported: ProviderRefund;
}

interface Deps {
  orders: Orders;
  refunds: Refunds;
  clock: Clock;
}

/**
 * Applies the provider's record of a refund. A refund only moves forward (pending, succeeded,
 * failed), so reports that arrive late, twice or out of order change nothing.
 * @returns `undecided` while the provider's refund is pending
 * @throws AppError not-found `not-found`, conflict `order-busy`, internal `amount-differs`
 */
export async function acceptRefund(deps: Deps, command: AcceptRefund): Promise<Progress> {
  const { refundId, reported } = command;
  return driveRefund(deps.refunds, command, async (refund) => {
    if (!sameMoney(reported.amount, refund.amount)) {
      const detail = `The amount of ${reported.id} is not the amount of refund ${refundId}.`;
      throw new AppError('internal', 'amount-differs', detail);
    }
    const at = timestamp(deps.clock);
    if (reported.status === 'succeeded' && refund.state === 'pending') return succeed(refund, at);
    if (reported.status === 'failed' && refund.state !== 'failed') {
      return failRefund(deps.orders, refund, reported.reason ?? 'failed', at);
    }
    return refund.state === 'pending' ? 'undecided' : 'settled';
  });
}
