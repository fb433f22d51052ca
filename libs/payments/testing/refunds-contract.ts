import { beforeEach, describe, expect, it } from 'vitest';
import type { Refunds } from '../core/index.ts';
import { fail, nextRefundAttempt, startRefund, succeed } from '../core/refund-changes.ts';
import { cancel } from '../core/transitions.ts';
import {
  eventTypes,
  type OpenStores,
  placementOf,
  refundOf,
  START,
  START_MS,
  type StoresUnderTest,
  storeCharging,
  storeConfirmed,
} from './stored-orders.ts';

/** The behaviour that every store of refunds must have. */
export function refundsContract(name: string, open: OpenStores): void {
  describe(`refunds in ${name}`, () => {
    let opened: StoresUnderTest;
    let refunds: Refunds;
    beforeEach(async () => {
      opened = await open({ nowMs: START_MS });
      refunds = opened.stores.refunds;
    });
    const providerBalance = async () => {
      const balances = await opened.stores.ledger.balances();
      return balances.find(({ account }) => account === 'provider');
    };

    describe('a refund', () => {
      it('is written with its order, idempotency record and event', async () => {
        const order = await storeConfirmed(opened.stores, 'o1');
        const refund = refundOf(order, 'r1', 1000);
        const { idempotency } = placementOf('o1', 'refund-key');
        expect(await refunds.commit({ ...startRefund(order, refund), idempotency })).toBe(true);
        expect(await refunds.find('o1', 'r1')).toEqual(refund);
        expect(await refunds.find('o2', 'r1')).toBeUndefined();
        expect((await opened.stores.orders.find('o1'))?.refunded?.cents).toBe(1000);
        expect(await opened.stores.idempotency.find(idempotency.scope)).toEqual(idempotency);
      });

      it('is settled once, with journal and event', async () => {
        const order = await storeConfirmed(opened.stores, 'o1');
        const refund = refundOf(order, 'r1', 1000);
        await refunds.commit(startRefund(order, refund));
        expect(await refunds.commit(succeed(refund, START))).toBe(true);
        expect(await refunds.commit(succeed(refund, START))).toBe(false);
        expect(await providerBalance()).toMatchObject({ currency: 'usd', balanceCents: 1400 });
        expect(await eventTypes(opened)).toEqual([
          'order.confirmed',
          'order.placed',
          'order.refunded',
          'refund.requested',
        ]);
        const journals = await Array.fromAsync(opened.stores.ledger.journals(START_MS - 1_000));
        expect(journals.map(({ id }) => id).toSorted()).toEqual(['order-o1-confirm', 'refund-r1']);
        expect(await Array.fromAsync(opened.stores.ledger.journals(START_MS + 1))).toEqual([]);
      });

      it('is reversed when it fails after it succeeded', async () => {
        const order = await storeConfirmed(opened.stores, 'o1');
        const started = startRefund(order, refundOf(order, 'r1', 1000));
        await refunds.commit(started);
        const succeeded = succeed(started.to, START);
        await refunds.commit(succeeded);
        const now = await opened.stores.orders.find('o1');
        if (!now) throw new Error('the order is missing');
        expect(await refunds.commit(fail(succeeded.to, now, 'lost', START))).toBe(true);
        expect(await refunds.find('o1', 'r1')).toMatchObject({ state: 'failed', reason: 'lost' });
        expect(await providerBalance()).toMatchObject({ balanceCents: 2400 });
      });

      it('is not written when its order was written since it was read', async () => {
        const order = await storeConfirmed(opened.stores, 'o1');
        const two = await Promise.all(
          ['r1', 'r2'].map((id) => refunds.commit(startRefund(order, refundOf(order, id, 1300)))),
        );
        expect(two.toSorted()).toEqual([false, true]);
        const stored = await refunds.of('o1');
        expect(stored).toHaveLength(1);
        const [first] = stored;
        const now = await opened.stores.orders.find('o1');
        if (!now || !first) throw new Error('the order is missing');
        expect(await refunds.commit(fail(first, now, 'lost', START))).toBe(true);
        expect((await opened.stores.orders.find('o1'))?.refunded?.cents).toBe(0);
      });

      it('is not written when its order has another state', async () => {
        const charging = await storeCharging(opened.stores, 'o1');
        const read = { ...charging, state: 'confirmed' as const };
        expect(await refunds.commit(startRefund(read, refundOf(read, 'r1', 1)))).toBe(false);
        await opened.stores.orders.commit(cancel(charging, 'deadline', START));
        expect(await refunds.of('o1')).toEqual([]);
        expect((await opened.stores.orders.find('o1'))?.refunded.count).toBe(0);
      });

      it('is not written when the idempotency key is taken or the refund exists', async () => {
        const order = await storeConfirmed(opened.stores, 'o1');
        const { idempotency } = placementOf('o1');
        const first = startRefund(order, refundOf(order, 'r1', 1));
        expect(await refunds.commit({ ...first, idempotency })).toBe(false);
        expect(await refunds.of('o1')).toEqual([]);
        expect(await refunds.commit(first)).toBe(true);
        const now = await opened.stores.orders.find('o1');
        if (!now) throw new Error('the order is missing');
        expect(await refunds.commit(startRefund(now, refundOf(now, 'r1', 1)))).toBe(false);
        expect(await opened.stores.orders.find('o1')).toEqual(now);
      });

      it('is changed alone when its order does not change', async () => {
        const order = await storeConfirmed(opened.stores, 'o1');
        const started = startRefund(order, refundOf(order, 'r1', 1000));
        await refunds.commit(started);
        const next = nextRefundAttempt(started.to, START);
        expect(await refunds.commit(next)).toBe(true);
        expect(await refunds.commit(next)).toBe(false);
        expect(await refunds.find('o1', 'r1')).toMatchObject({ attempt: 2, version: 2 });
      });
    });

    describe('the refunds of an order', () => {
      it('are listed oldest first, without those of other orders', async () => {
        let order = await storeConfirmed(opened.stores, 'o1');
        for (const [id, seconds] of [
          ['b', 0],
          ['c', 2],
          ['a', 1],
          ['d', 1],
        ] as const) {
          const createdAt = new Date(START_MS + seconds * 1_000).toISOString();
          const started = startRefund(order, { ...refundOf(order, id, 1), restock: [], createdAt });
          expect(await refunds.commit(started)).toBe(true);
          order = started.order?.to ?? order;
        }
        const other = await storeConfirmed(opened.stores, 'o2');
        await refunds.commit(startRefund(other, refundOf(other, 'a', 7)));
        expect((await refunds.of('o1')).map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
        expect((await refunds.of('o2')).map(({ id }) => id)).toEqual(['a']);
        expect((await refunds.find('o1', 'a'))?.amount.amountCents).toBe(1);
        expect((await refunds.find('o2', 'a'))?.amount.amountCents).toBe(7);
        expect(await refunds.of('o3')).toEqual([]);
      });
    });
  });
}
