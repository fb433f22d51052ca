import type { DomainEvent, EventDraft } from '@triptych/events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CatalogStore, Reservation } from '../core/index.ts';
import { holding } from './holding.ts';
import { productNamed } from './products.ts';

export interface StoreUnderTest {
  readonly store: CatalogStore;
  /** The events committed so far. */
  events(): Promise<readonly (EventDraft | DomainEvent)[]>;
}

const AT = '2026-02-01T12:00:00.000Z';
const NOW_MS = Date.parse(AT);

/** The part of the store's contract about stock, reservations and returns. */
export function stockContract(name: string, open: () => Promise<StoreUnderTest>): void {
  let store: CatalogStore;
  let events: StoreUnderTest['events'];
  beforeEach(async () => {
    ({ store, events } = await open());
  });

  describe(`stock in ${name}`, () => {
    const receipt = { productId: 'p1', receiptId: 'r1', quantity: 5, receivedAt: AT };

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

    it('is reduced by a negative receipt, once, and never below 0', async () => {
      await store.create(productNamed('p1', { available: 5 }));
      const loss = { ...receipt, receiptId: 'loss', quantity: -3 };
      const stock = { available: 2, held: 0, sold: 0, received: 5, adjustments: -3 };
      expect(await store.receive(loss)).toEqual({ outcome: 'received', stock });
      expect(await store.receive(loss)).toEqual({ outcome: 'repeated', stock });
      expect(await store.receive({ ...loss, receiptId: 'more' })).toEqual({ outcome: 'too-few' });
      expect((await store.find('p1'))?.stock).toEqual(stock);
    });

    it('is not received for an unknown product', async () => {
      expect(await store.receive(receipt)).toEqual({ outcome: 'unknown-product' });
      expect(await store.find('p1')).toBeUndefined();
    });
  });

  describe(`reservations in ${name}`, () => {
    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.create(productNamed('p2', { available: 5 }));
    });

    it('move every line from available to held and commit the answer, once', async () => {
      const hold = holding('o1', { p1: 2, p2: 5 });
      expect(await store.reserve(hold, 'usd', [answer('o1')])).toBe('done');
      expect(await store.reserve(hold, 'usd', [answer('o1')])).toBe('known');
      expect(await stockOf('p1')).toMatchObject({ available: 3, held: 2 });
      expect(await stockOf('p2')).toMatchObject({ available: 0, held: 5 });
      expect(await store.findReservation('o1')).toEqual(hold);
      expect(await events()).toMatchObject([answer('o1')]);
    });

    it.each([
      ['the stock of one product is too low', holding('o1', { p1: 2, p2: 6 }), 'usd'],
      ['one product is unknown', holding('o1', { p1: 2, p9: 1 }), 'usd'],
      ['one price has changed', holding('o1', { p1: 2, p2: 1 }, 999), 'usd'],
      ['the currency differs', holding('o1', { p1: 2 }), 'eur'],
    ])('change nothing when %s', async (_why, hold, currency) => {
      expect(await store.reserve(hold, currency, [answer('o1')])).toBe('changed');
      expect(await stockOf('p1')).toMatchObject({ available: 5, held: 0 });
      expect(await store.findReservation('o1')).toBeUndefined();
      expect(await events()).toEqual([]);
    });

    it('can hold forty lines in one transaction', async () => {
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
    ] as const)('when %s move the held units, once', async (state, expected) => {
      const hold = holding('o1', { p1: 2 });
      await store.reserve(hold, 'usd', []);
      const settled = { ...hold, state, changedAtMs: NOW_MS + 1, expiresAtSeconds: 2_000_000_000 };
      expect(await store.settle(settled)).toBe('done');
      expect(await store.settle(settled)).toBe('changed');
      expect(await stockOf('p1')).toMatchObject(expected);
      expect(await store.findReservation('o1')).toEqual(settled);
    });

    it('are not overwritten until the record has expired', async () => {
      const tombstone: Reservation = {
        orderId: 'o1',
        state: 'tombstone',
        lines: [],
        changedAtMs: NOW_MS,
        expiresAtSeconds: NOW_MS / 1000 + 60,
      };
      expect(await store.record(tombstone, [])).toBe('done');
      expect(await store.record(tombstone, [answer('o1')])).toBe('known');
      expect(await store.reserve(holding('o1', { p1: 1 }), 'usd', [answer('o1')])).toBe('known');
      expect(await events()).toEqual([]);
      const later = { ...holding('o1', { p1: 1 }), changedAtMs: NOW_MS + 60_000 };
      expect(await store.reserve(later, 'usd', [answer('o1')])).toBe('done');
    });
  });

  describe(`returns in ${name}`, () => {
    const sold = { ...holding('o1', { p1: 2, p2: 1 }), state: 'committed' as const };
    const back = { refundId: 'r1', lines: [{ productId: 'p1', quantity: 1 }], atMs: NOW_MS };

    beforeEach(async () => {
      await store.create(productNamed('p1', { available: 5 }));
      await store.create(productNamed('p2', { available: 5 }));
      await store.reserve(holding('o1', { p1: 2, p2: 1 }), 'usd', []);
    });

    it('make sold units available again and are kept with the reservation', async () => {
      await store.settle(sold);
      expect(await store.restock(sold, back)).toBe('done');
      expect(await stockOf('p1')).toMatchObject({ available: 4, held: 0, sold: 1 });
      expect(await stockOf('p2')).toMatchObject({ available: 4, held: 0, sold: 1 });
      expect(await store.findReservation('o1')).toEqual({ ...sold, returns: [back] });
    });

    it('are rejected for an unsold order, and for a caller that read an older record', async () => {
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
