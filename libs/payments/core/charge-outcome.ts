import { AppError } from '@triptych/platform/errors';
import type { Progress } from './drive-record.ts';
import { sameMoney } from './money.ts';
import type { Order } from './order.ts';
import type { IntentAnswer } from './ports.ts';
import { type Change, cancel, confirm } from './transitions.ts';

/**
 * The change that the state of the provider's intent requires for an order that is charging. In this
 * shop only the deadline cancels an intent. If somebody else did, the intent has a code.
 * @throws AppError internal `amount-differs` when the amount taken is not the order's total
 */
export function chargeOutcome(order: Order, intent: IntentAnswer, at: string): Change | Progress {
  if (intent === 'unknown') return 'undecided';
  switch (intent.status) {
    case 'succeeded':
      if (order.total === null || !sameMoney(intent.amount, order.total)) {
        const detail = `The amount of ${intent.id} is not the total of order ${order.id}.`;
        throw new AppError('internal', 'amount-differs', detail);
      }
      return confirm(order, at);
    case 'declined':
      return cancel(order, 'declined', at, intent.code);
    case 'cancelled':
      return intent.code === undefined
        ? cancel(order, 'deadline', at)
        : cancel(order, 'cancelled-at-provider', at, intent.code);
    default:
      return 'undecided';
  }
}
