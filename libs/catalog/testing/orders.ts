import type { OrderLine } from '@triptych/events';

/** The data of `order.placed` for products of `productNamed`, which cost 1000 cents each. */
export function orderFor(orderId: string, ...lines: OrderLine[]) {
  const expectedTotalCents = lines.reduce((sum, { quantity }) => sum + 1000 * quantity, 0);
  return { orderId, accountId: 'a1', lines, expectedTotalCents, currency: 'usd' };
}
