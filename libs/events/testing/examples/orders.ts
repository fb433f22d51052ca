import type { EventExamples } from '../event-examples.ts';

const line = { productId: 'cup', quantity: 2 };
const total = { totalCents: 2400, currency: 'usd' };
const refunded = { orderId: 'o1', refundId: 'r1', amountCents: 1200, currency: 'usd' };
const placed = { orderId: 'o1', accountId: 'ann', lines: [line], currency: 'usd' };

export const examples: EventExamples = {
  'order.placed': {
    good: [
      { ...placed, expectedTotalCents: 2400 },
      { ...placed, expectedTotalCents: 0, lines: Array(40).fill(line) },
    ],
    bad: [
      { ...placed, expectedTotalCents: 24.5 },
      { ...placed, expectedTotalCents: 2400, currency: 'USD' },
      { ...placed, expectedTotalCents: 2400, lines: [] },
      { ...placed, expectedTotalCents: 2400, lines: Array(41).fill(line) },
      { ...placed, expectedTotalCents: 2400, lines: [{ ...line, quantity: 0 }] },
    ],
  },
  'order.confirmed': {
    good: [{ orderId: 'o1', ...total }],
    bad: [
      { orderId: 'o1', ...total, totalCents: -1 },
      { orderId: 'o1', ...total, totalCents: '2400' },
    ],
  },
  'order.cancelled': {
    good: ['declined', 'customer', 'deadline'].map((reason) => ({ orderId: 'o1', reason })),
    bad: [{ orderId: 'o1', reason: 'weather' }, { reason: 'declined' }],
  },
  'order.refunded': {
    good: [
      { ...refunded, restock: [line] },
      { ...refunded, restock: [] },
    ],
    bad: [
      refunded,
      { ...refunded, restock: [{ ...line, quantity: 1.5 }] },
      { ...refunded, restock: [], amountCents: -1 },
    ],
  },
  'refund.requested': {
    good: [{ orderId: 'o1', refundId: 'r1' }],
    bad: [{ orderId: 'o1' }],
  },
};
