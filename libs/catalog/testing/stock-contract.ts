import type { DomainEvent, EventDraft } from '@triptych/events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CatalogStore, Reservation } from '../core/index.ts';
import { holding } from './holding.ts';
import { productNamed } from './products.ts';

export interface StoreUnderTest {
  readonly store: CatalogStore;
  /** Events committed so far. */
  events(): Promise<readonly (EventDraft | DomainEvent)[]>;
}

const nowMs = Date.parse('2026-02-01T12:00:00.000Z');
const at = '2026-02-01T12:00:00.000Z';

/** What every store of the catalog promises about stock, reservations and returns; part of its contract. */
export function stockContract(name: string, open: () => Promise<StoreUnderTest>): void {
  let store: CatalogStore;
  let events: StoreUnderTest['events'];
  beforeEach(async () => {
    ({ store, events } = await open());
  });

  describe(`stock in ${name}`, () => {
    const receipt = { productId: 'p1', receiptId: 'r1', quantity: 5, receivedAt: at };

    it('is received once per receipt', async () => {
      await store.create(productNamed('p1'));
      const stock = { available: 5, held: 0, sold: 0, received: 5, adjustments: 0 };
      expect(await store.receive(receipt)).toEqual({ outcome: 'received', stock });
      expect(await store.receive(receipt)).toEqual({ outcome: 'repeated', stock });
      expect(await store.receive({ ...receipt, quantity: 6 })).toEqual({
        outcome: 'receipt-differs',
      });
      expect((await store.find('p1'))?.stock).toEqual(stock);
    });

    it('is taken off by a negative receipt, once, and never below what is available', async () => {
      await store.create(productNamed('p1', { available: 5 }));
      const loss = { ...receipt, receiptId: 'loss', quantity: -3 };
      const stock = { available: 2, held: 0, sold: 0, received: 5, adjustments: -3 };
      expect(await store.receive(loss)).toEqual({ outcome: 'received', stock });
      expect(await store.receive(loss)).toEqual({ outcome: 'repeated', stock });
      expect(await store.receive({ ...loss, receiptId: 'more' })).toEqual({ outcome: 'too-few' });
      expect((await store.find('p1'))?.stock).toEqual(stock);
    });

    it('of an unknown product is not received', async () => {
      expect(await store.receive(receipt)).toEqual({ outcome: 'unknown-product' });
      expect(await store.find('p1')).toBeUndefined();
    });
  });

  describe(`reservations in ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.create(productNamed('p2', { available: 5 }));
    });

    it('move every line from available to held, with the answer, once', async () => {
      const hold = holding('o1', { p1: 2, p2: 5 });
      expect(await store.reserve(hold, 'usd', [answer('o1')])).toBe('done');
      expect(await store.reserve(hold, 'usd', [answer('o1')])).toBe('known');
      expect(await stockOf('p1')).toMatchObject({ available: 3, held: 2 });
      expect(await stockOf('p2')).toMatchObject({ available: 0, held: 5 });
      expect(await store.findReservation('o1')).toEqual(hold);
      expect(await events()).toMatchObject([answer('o1')]);
    });

    it.each([
      ['one product has too little', holding('o1', { p1: 2, p2: 6 }), 'usd'],
      ['one product is unknown', holding('o1', { p1: 2, p9: 1 }), 'usd'],
      ['one price has changed', holding('o1', { p1: 2, p2: 1 }, 999), 'usd'],
      ['the currency is another', holding('o1', { p1: 2 }), 'eur'],
    ])('change nothing when %s', async (_why, hold, currency) => {
      expect(await store.reserve(hold, currency, [answer('o1')])).toBe('changed');
      expect(await stockOf('p1')).toMatchObject({ available: 5, held: 0 });
      expect(await store.findReservation('o1')).toBeUndefined();
      expect(await events()).toEqual([]);
    });

    it('hold forty lines in one transaction', async () => {
      const quantities: Record<string, number> = {};
      for (let index = 0; index < 40; index += 1) {
        await store.create(productNamed(`many-${index}`, { available: 1 }));
        quantities[`many-${index}`] = 1;
      }
      expect(await store.reserve(holding('o1', quantities), 'usd', [answer('o1')])).toBe('done');
      expect(await stockOf('many-39')).toMatchObject({ available: 0, held: 1 });
    });

    it.each([
      ['committed', { available: 3, held: 0, sold: 2 }],
      ['released', { available: 5, held: 0, sold: 0 }],
    ] as const)('once %s give up what they held, once', async (state, expected) => {
      const hold = holding('o1', { p1: 2 });
      await store.reserve(hold, 'usd', []);
      const settled = { ...hold, state, changedAtMs: nowMs + 1, expiresAtSeconds: 2_000_000_000 };
      expect(await store.settle(settled)).toBe('done');
      expect(await store.settle(settled)).toBe('changed');
      expect(await stockOf('p1')).toMatchObject(expected);
      expect(await store.findReservation('o1')).toEqual(settled);
    });

    it('of a known order are not written over, until the record has expired', async () => {
      const tombstone: Reservation = {
        orderId: 'o1',
        state: 'tombstone',
        lines: [],
        changedAtMs: nowMs,
        expiresAtSeconds: nowMs / 1000 + 60,
      };
      expect(await store.record(tombstone, [])).toBe('done');
      expect(await store.record(tombstone, [answer('o1')])).toBe('known');
      expect(await store.reserve(holding('o1', { p1: 1 }), 'usd', [answer('o1')])).toBe('known');
      expect(await events()).toEqual([]);
      const later = { ...holding('o1', { p1: 1 }), changedAtMs: nowMs + 60_000 };
      expect(await store.reserve(later, 'usd', [answer('o1')])).toBe('done');
    });
  });

  describe(`returns in ${name}`, () => {
    const sold = { ...holding('o1', { p1: 2, p2: 1 }), state: 'committed' as const };
    const back = { refundId: 'r1', lines: [{ productId: 'p1', quantity: 1 }], atMs: nowMs };

    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.create(productNamed('p2', { available: 5 }));
      await store.reserve(holding('o1', { p1: 2, p2: 1 }), 'usd', []);
    });

    it('make what was sold available again, and are kept with the order for good', async () => {
      await store.settle(sold);
      expect(await store.restock(sold, back)).toBe('done');
      expect(await stockOf('p1')).toMatchObject({ available: 4, held: 0, sold: 1 });
      expect(await stockOf('p2')).toMatchObject({ available: 4, held: 0, sold: 1 });
      expect(await store.findReservation('o1')).toEqual({ ...sold, returns: [back] });
    });

    it('are refused to whoever has not seen the ones before, and of orders not sold', async () => {
      expect(await store.restock(sold, back)).toBe('changed');
      await store.settle(sold);
      await store.restock(sold, back);
      expect(await store.restock(sold, { ...back, refundId: 'r2' })).toBe('changed');
      expect(await stockOf('p1')).toMatchObject({ available: 4, sold: 1 });
    });
  });

  async function stockOf(id: string) {
    return (await store.find(id))?.stock;
  }
}

function answer(orderId: string): EventDraft {
  const data = { orderId, reason: 'out-of-stock' };
  return { type: 'stock.rejected', source: 'triptych.catalog', data };
}
