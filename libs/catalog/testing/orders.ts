import type { OrderLine } from '@triptych/events';

/** What is asked of stock for an order `orderId` of products as `productNamed` makes them: 1000 cents each. */
export function orderFor(orderId: string, ...lines: OrderLine[]) {
  const expectedTotalCents = lines.reduce((sum, { quantity }) => sum + 1000 * quantity, 0);
  return { orderId, accountId: 'a1', lines, expectedTotalCents, currency: 'usd' };
}
