import { beforeEach, describe, expect, it } from 'vitest';
import type { Orders } from '../core/index.ts';
import { cancel, confirm } from '../core/transitions.ts';
import {
  DAY_MS,
  eventTypes,
  type OpenStores,
  placementOf,
  START,
  START_MS,
  type StoresUnderTest,
  storeCharging,
  storeConfirmed,
} from './stored-orders.ts';

/** The behaviour that every store of orders must have. */
export function ordersContract(name: string, open: OpenStores): void {
  describe(`orders in ${name}`, () => {
    const clock = { nowMs: START_MS };
    let opened: StoresUnderTest;
    let orders: Orders;
    beforeEach(async () => {
      clock.nowMs = START_MS;
      opened = await open(clock);
      orders = opened.stores.orders;
    });

    describe('placing an order', () => {
      it('writes order, idempotency record and event together', async () => {
        const placement = placementOf('o1', 'key#1');
        expect(await orders.place(placement)).toBe(true);
        expect(await orders.find('o1')).toEqual(placement.order);
        const record = await opened.stores.idempotency.find(placement.idempotency.scope);
        expect(record).toMatchObject({ answer: '{"id":"o1"}' });
        expect(await opened.events()).toMatchObject(placement.events);
      });

      it('writes nothing when the idempotency key is taken', async () => {
        await orders.place(placementOf('o1', 'key#1'));
        expect(await orders.place(placementOf('o2', 'key#1'))).toBe(false);
        expect(await orders.find('o2')).toBeUndefined();
        expect(await opened.events()).toHaveLength(1);
      });

      it('writes nothing when the order exists', async () => {
        await orders.place(placementOf('o1', 'key-1'));
        const again = placementOf('o1', 'key-2');
        expect(await orders.place(again)).toBe(false);
        expect(await opened.stores.idempotency.find(again.idempotency.scope)).toBeUndefined();
        expect(await opened.events()).toHaveLength(1);
      });

      it('succeeds for one of many concurrent requests with the same key', async () => {
        const placing = Array.from({ length: 8 }, (_, index) =>
          orders.place(placementOf(`o${index}`, 'key#1')),
        );
        expect((await Promise.all(placing)).filter(Boolean)).toHaveLength(1);
      });

      it('overwrites an expired idempotency record', async () => {
        await orders.place(placementOf('o1', 'key#1'));
        clock.nowMs += DAY_MS;
        const later = placementOf('o2', 'key#1', clock.nowMs);
        expect(await orders.place(later)).toBe(true);
        const record = await opened.stores.idempotency.find(later.idempotency.scope);
        expect(record).toMatchObject({ orderId: 'o2' });
      });

      it('throws and writes nothing when an event violates its schema', async () => {
        const placement = placementOf('o1');
        const [event] = placement.events;
        const invalid = { ...event, data: { orderId: 'o1' } } as unknown as typeof event;
        const placing = orders.place({ ...placement, events: invalid ? [invalid] : [] });
        await expect(placing).rejects.toThrow('order.placed');
        expect(await orders.find('o1')).toBeUndefined();
        expect(await opened.stores.idempotency.find(placement.idempotency.scope)).toBeUndefined();
      });
    });

    describe('a change of an order', () => {
      it('keeps names, prices and history', async () => {
        const order = await storeCharging(opened.stores, 'o1');
        expect(await orders.find('o1')).toEqual(order);
      });

      it('writes nothing when the order was written since it was read', async () => {
        const order = await storeCharging(opened.stores, 'o1');
        expect(await orders.commit(cancel(order, 'deadline', START))).toBe(true);
        expect(await orders.commit(confirm(order, START))).toBe(false);
        expect((await orders.find('o1'))?.state).toBe('cancelled');
        expect(await eventTypes(opened)).toEqual(['order.cancelled', 'order.placed']);
        expect(await opened.stores.ledger.balances()).toEqual([]);
      });

      it.each([{ version: 2 }, { state: 'placed' }] as const)(
        'writes nothing when the order differs from %j',
        async (part) => {
          const order = await storeCharging(opened.stores, 'o1');
          const change = { ...confirm(order, START), from: { ...order, ...part } };
          expect(await orders.commit(change)).toBe(false);
          expect(await orders.find('o1')).toEqual(order);
        },
      );

      it('writes nothing when the order does not exist', async () => {
        const { order } = placementOf('o1');
        expect(await orders.commit(cancel(order, 'customer', START))).toBe(false);
        expect(await orders.find('o1')).toBeUndefined();
        expect(await opened.events()).toEqual([]);
      });

      it('writes nothing when its journal is booked already', async () => {
        const booked = await storeConfirmed(opened.stores, 'o1');
        const order = await storeCharging(opened.stores, 'o2');
        const journal = confirm({ ...booked, state: 'charging' }, START).journal;
        const change = { ...confirm(order, START), ...(journal ? { journal } : {}) };
        expect(await orders.commit(change)).toBe(false);
        expect(await orders.find('o2')).toEqual(order);
      });

      it('succeeds for one of many concurrent writers', async () => {
        const order = await storeCharging(opened.stores, 'o1');
        const writing = Array.from({ length: 6 }, () => orders.commit(confirm(order, START)));
        expect((await Promise.all(writing)).filter(Boolean)).toHaveLength(1);
        expect(await opened.stores.ledger.balances()).toContainEqual({
          account: 'provider',
          currency: 'usd',
          balanceCents: 2400,
        });
      });
    });

    describe('unfinished orders', () => {
      const AFTER = new Date(START_MS + 60_000).toISOString();
      const ids = async (query: { placedBefore?: string; limit?: number } = {}) =>
        (await orders.unfinished({ placedBefore: AFTER, limit: 10, ...query })).map(({ id }) => id);

      it('are listed oldest first until they have ended', async () => {
        for (const [index, id] of ['o3', 'o1', 'o2'].entries()) {
          await orders.place(placementOf(id, id, START_MS + index * 1_000));
        }
        expect(await ids()).toEqual(['o3', 'o1', 'o2']);
        expect(await ids({ limit: 2 })).toEqual(['o3', 'o1']);
        expect(await ids({ placedBefore: new Date(START_MS + 1_000).toISOString() })).toEqual([
          'o3',
        ]);
        await orders.commit(cancel(placementOf('o3', 'o3').order, 'customer', START));
        expect(await ids()).toEqual(['o1', 'o2']);
      });

      it('are listed after a given one', async () => {
        const placed = ['o1', 'o2', 'o3'].map((id, index) =>
          placementOf(id, id, START_MS + Math.min(index, 1) * 1_000),
        );
        for (const placement of placed) await orders.place(placement);
        const idsAfter = async (index: number) => {
          const position = placed[index]?.order;
          if (!position) throw new Error('there is no such order');
          const query = { placedBefore: AFTER, limit: 10, after: position };
          return (await orders.unfinished(query)).map(({ id }) => id);
        };
        expect(await idsAfter(0)).toEqual(['o2', 'o3']);
        expect(await idsAfter(1)).toEqual(['o3']);
        expect(await idsAfter(2)).toEqual([]);
        const early = { placedBefore: START, limit: 10, after: placed[2]?.order ?? null };
        expect(await orders.unfinished(early)).toEqual([]);
      });

      it('record which one was tried last', async () => {
        expect(await orders.lastTried()).toBeNull();
        const { id, createdAt } = placementOf('o1').order;
        await orders.saveLastTried({ id, createdAt });
        expect(await orders.lastTried()).toEqual({ id, createdAt });
      });

      it('are all listed, so that none is missing', async () => {
        await orders.place(placementOf('o1'));
        expect(await orders.listMissing(AFTER)).toEqual({ added: 0, isEnd: true });
        expect(await ids()).toEqual(['o1']);
      });

      it('stay listed while they are charging, and not once they are confirmed', async () => {
        const order = await storeCharging(opened.stores, 'o1');
        expect(await orders.unfinished({ placedBefore: AFTER, limit: 1 })).toEqual([order]);
        await orders.commit(confirm(order, START));
        expect(await ids()).toEqual([]);
      });
    });

    describe("an account's orders", () => {
      async function allPages(accountId: string, limit: number): Promise<string[]> {
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const page = await orders.page({ accountId, limit, after });
          expect(page.orders.length).toBeLessThanOrEqual(limit);
          seen.push(...page.orders.map(({ id }) => id));
          after = page.next;
        } while (after !== null);
        return seen;
      }

      it('are listed newest first, each once, in pages', async () => {
        const ids = Array.from({ length: 5 }, (_, index) => `o${index}`);
        for (const [index, id] of ids.entries()) {
          await orders.place(placementOf(id, id, START_MS + index * 1_000));
        }
        const other = placementOf('bob1', 'bob');
        await orders.place({ ...other, order: { ...other.order, accountId: 'bob' } });
        for (const limit of [1, 2, 5, 6]) {
          expect(await allPages('ann', limit), `limit ${limit}`).toEqual(ids.toReversed());
        }
        expect(await allPages('nobody', 2)).toEqual([]);
      });

      it('of the same time are listed by id, and stay in place when they change', async () => {
        for (const id of ['o1', 'o3', 'o2']) await orders.place(placementOf(id));
        await orders.commit(cancel(placementOf('o2').order, 'customer', START));
        expect(await allPages('ann', 2)).toEqual(['o3', 'o2', 'o1']);
        const page = await orders.page({ accountId: 'ann', limit: 3, after: null });
        expect(page.orders.map(({ state }) => state)).toEqual(['placed', 'cancelled', 'placed']);
      });
    });
  });
}
