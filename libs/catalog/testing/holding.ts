import type { Reservation } from '../core/index.ts';

/** A held reservation of these quantities by product id, each quoted at `unitPriceCents`. */
export function holding(
  orderId: string,
  quantities: Record<string, number>,
  unitPriceCents = 1000,
): Reservation {
  const lines = Object.entries(quantities).map(([productId, quantity]) => ({
    productId,
    name: `Name of ${productId}`,
    quantity,
    unitPriceCents,
  }));
  return { orderId, state: 'held', lines, changedAtMs: Date.parse('2026-02-01T12:00:00.000Z') };
}
