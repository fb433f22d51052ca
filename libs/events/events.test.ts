import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { DEADLINE_EVENTS, EVENT_DEFINITIONS, type EventName, SUBSCRIPTIONS } from './index.ts';

const names = Object.keys(EVENT_DEFINITIONS) as EventName[];
const line = { productId: 'cup', quantity: 2 };
const quoted = { ...line, name: 'Cup', unitPriceCents: 1200 };
const total = { totalCents: 2400, currency: 'usd' };
const refunded = { orderId: 'o1', refundId: 'r1', amountCents: 1200, currency: 'usd' };
const placed = { orderId: 'o1', accountId: 'ann', lines: [line], currency: 'usd' };

/** For every event: valid data, and data that a consumer must reject. */
const examples: Record<EventName, { good: object[]; bad: object[] }> = {
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
  'image.accepted': {
    good: [{ imageId: 'i1', widthPx: 30, heightPx: 20, format: 'png' }],
    bad: [{ imageId: 'i1', widthPx: 0, heightPx: 20, format: 'png' }],
  },
  'image.rejected': {
    good: [{ imageId: 'i1', code: 'unsupported-image' }],
    bad: [
      { imageId: '../i1', code: 'unsupported-image' },
      { imageId: 'i1', code: 'other' },
    ],
  },
};

describe.each(names)('%s', (name) => {
  const definition = EVENT_DEFINITIONS[name];

  it('is registered under its own type', () => {
    expect(definition.type).toBe(name);
  });

  it.each(examples[name].good)('accepts %j', (data) => {
    expect(Value.Check(definition.data, data)).toBe(true);
  });

  it.each(examples[name].bad)('rejects %j', (data) => {
    expect(Value.Check(definition.data, data)).toBe(false);
  });

  it('is consumed by another context, or by its publisher as a deadline', () => {
    const consumers = Object.entries(SUBSCRIPTIONS)
      .filter(([, types]) => (types as readonly string[]).includes(name))
      .map(([context]) => `triptych.${context}`);
    expect(consumers).not.toEqual([]);
    const isDeadline = (DEADLINE_EVENTS as readonly string[]).includes(name);
    if (!isDeadline) expect(consumers).not.toContain(definition.source);
  });
});

it.each(Object.entries(SUBSCRIPTIONS))('%s subscribes to known events, each once', (_, types) => {
  expect(names).toEqual(expect.arrayContaining([...types]));
  expect(new Set(types).size).toBe(types.length);
});
