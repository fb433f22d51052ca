import type { Caller, Order } from '../core/index.ts';
import type { OrderView } from './schemas.ts';

/**
 * Decline codes that a customer must not see, because the customer may not be the card's owner:
 * https://docs.stripe.com/declines/codes
 */
const CONFIDENTIAL = ['fraudulent', 'lost_card', 'merchant_blacklist', 'stolen_card'];

/**
 * An order in answers: without account, version and the provider's ids.
 * @param role of the reader. Only an admin sees every decline code.
 */
export function orderView(order: Order, role: Caller['role'] = 'customer'): OrderView {
  const { currency } = order.expectedTotal;
  const { providerCode = null } = order;
  const isHidden = role !== 'admin' && providerCode !== null && CONFIDENTIAL.includes(providerCode);
  return {
    id: order.id,
    state: order.state,
    reason: order.reason,
    providerCode: isHidden ? 'generic_decline' : providerCode,
    lines: order.lines.map(({ productId, quantity, name, unitPriceCents }) => ({
      productId,
      quantity,
      ...(name === undefined ? {} : { name }),
      ...(unitPriceCents === undefined
        ? {}
        : { unitPrice: { amountCents: unitPriceCents, currency } }),
    })),
    expectedTotal: order.expectedTotal,
    total: order.total,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    history: order.history.map(({ state, at }) => ({ state, at })),
  };
}
