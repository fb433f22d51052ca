import type { EventExamples } from '../event-examples.ts';

const line = { productId: 'cup', quantity: 2 };
const quoted = { ...line, name: 'Cup', unitPriceCents: 1200 };
const total = { totalCents: 2400, currency: 'usd' };

export const examples: EventExamples = {
  'stock.reserved': {
    good: [{ orderId: 'o1', lines: [quoted], ...total }],
    bad: [
      { orderId: 'o1', lines: [line], ...total },
      { orderId: 'o1', lines: [{ ...quoted, unitPriceCents: -1 }], ...total },
    ],
  },
  'stock.rejected': {
    good: ['out-of-stock', 'unknown-product', 'price-differs'].map((reason) => ({
      orderId: 'o1',
      reason,
    })),
    bad: [
      { orderId: 'o1', reason: 'declined' },
      { orderId: 'o/1', reason: 'out-of-stock' },
    ],
  },
};
