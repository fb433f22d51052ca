import type { Order } from '../core/index.ts';
import type { OrderView } from './schemas.ts';

/** An order in answers: without account, version and the provider's ids. */
export function orderView(order: Order): OrderView {
  const { currency } = order.expectedTotal;
  return {
    id: order.id,
    state: order.state,
    reason: order.reason,
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
