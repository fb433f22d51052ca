import { beforeEach, describe, expect, it } from 'vitest';
import { captureJournal, type Ledger } from '../core/index.ts';
import { confirm } from '../core/transitions.ts';
import {
  DAY_MS,
  type OpenStores,
  START,
  START_MS,
  type StoresUnderTest,
  storeCharging,
} from './stored-orders.ts';

/** The behaviour that every ledger must have. */
export function ledgerContract(name: string, open: OpenStores): void {
  describe(`the ledger in ${name}`, () => {
    const clock = { nowMs: START_MS };
    let opened: StoresUnderTest;
    let ledger: Ledger;
    beforeEach(async () => {
      clock.nowMs = START_MS;
      opened = await open(clock);
      ledger = opened.stores.ledger;
    });

    /** Confirms a new order; its journal is booked at that time, in that currency. */
    async function book(orderId: string, atMs = START_MS, currency = 'usd'): Promise<boolean> {
      const change = confirm(await storeCharging(opened.stores, orderId), START);
      const total = { amountCents: 2400, currency };
      const journal = captureJournal(orderId, total, new Date(atMs).toISOString());
      return opened.stores.orders.commit({ ...change, journal });
    }
    const sortedBalances = async () =>
      (await ledger.balances()).toSorted((a, b) =>
        `${a.account} ${a.currency}`.localeCompare(`${b.account} ${b.currency}`),
      );

    it('adds up concurrent bookings, which sum to zero', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `order${index}`);
      const orders = await Promise.all(ids.map((id) => storeCharging(opened.stores, id)));
      const booked = await Promise.all(
        orders.map((order) => opened.stores.orders.commit(confirm(order, START))),
      );
      expect(booked.every(Boolean)).toBe(true);
      expect(await sortedBalances()).toEqual([
        { account: 'provider', currency: 'usd', balanceCents: 48_000 },
        { account: 'sales', currency: 'usd', balanceCents: -48_000 },
      ]);
    });

    it('has one balance per account and currency', async () => {
      expect(await ledger.balances()).toEqual([]);
      await book('o1');
      await book('o2', START_MS, 'eur');
      expect(await sortedBalances()).toEqual([
        { account: 'provider', currency: 'eur', balanceCents: 2400 },
        { account: 'provider', currency: 'usd', balanceCents: 2400 },
        { account: 'sales', currency: 'eur', balanceCents: -2400 },
        { account: 'sales', currency: 'usd', balanceCents: -2400 },
      ]);
    });

    it('returns the journals since a moment, over several days', async () => {
      const days = [-3, -2, -1, 0];
      for (const day of days) await book(`day${day}`, START_MS + day * DAY_MS);
      const since = async (ms: number) =>
        (await Array.fromAsync(ledger.journals(ms))).map(({ orderId }) => orderId).toSorted();
      expect(await since(START_MS - 3 * DAY_MS)).toEqual(['day-1', 'day-2', 'day-3', 'day0']);
      expect(await since(START_MS - 2 * DAY_MS)).toEqual(['day-1', 'day-2', 'day0']);
      expect(await since(START_MS - 2 * DAY_MS + 1)).toEqual(['day-1', 'day0']);
      expect(await since(START_MS + 1)).toEqual([]);
    });

    it('returns a journal of a process whose clock is ahead', async () => {
      await book('o1', START_MS + DAY_MS);
      const [journal] = await Array.fromAsync(ledger.journals(START_MS));
      const at = new Date(START_MS + DAY_MS).toISOString();
      expect(journal).toEqual(captureJournal('o1', { amountCents: 2400, currency: 'usd' }, at));
    });
  });
}
