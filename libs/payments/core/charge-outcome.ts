import { AppError } from '@triptych/platform/errors';
import type { Progress } from './drive-order.ts';
import { sameMoney } from './money.ts';
import type { Order } from './order.ts';
import type { IntentAnswer } from './ports.ts';
import { type Change, cancel, confirm } from './transitions.ts';

/**
 * What the provider's word on the intent means for an order that is charging.
 * An intent is cancelled only when the deadline has passed, hence the reason.
 * @throws AppError internal `amount-differs` when another amount was taken than the order's total
 */
export function chargeOutcome(order: Order, intent: IntentAnswer, at: string): Change | Progress {
  if (intent === 'unknown') return 'undecided';
  switch (intent.status) {
    case 'succeeded':
      if (order.total === null || !sameMoney(intent.amount, order.total)) {
        throw new AppError('internal', 'amount-differs', `${intent.id} took another amount.`);
      }
      return confirm(order, at);
    case 'declined':
      return cancel(order, 'declined', at);
    case 'cancelled':
      return cancel(order, 'deadline', at);
    default:
      return 'undecided';
  }
}
