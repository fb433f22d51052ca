import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DomainEvent } from '@triptych/events';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderPlaced } from '../core/event-drafts.ts';
import { newOrder, type Order, type Placement, type Refund } from '../core/index.ts';
import { fail, startRefund, succeed } from '../core/refund-changes.ts';
import { cancel, confirm, reserve, startCharging } from '../core/transitions.ts';
import { startStores } from '../testing/dynamo-stores.ts';
import { quoteFor, twoCups } from '../testing/world.ts';
import { dynamoPayments, type PaymentsStore } from './dynamo-payments.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const at = new Date(start).toISOString();
const clock = { nowMs: start, now: () => clock.nowMs };
let stores: Awaited<ReturnType<typeof startStores>>;
let table: string;
let store: PaymentsStore;
let relayed: DomainEvent[];

beforeAll(async () => {
  stores = await startStores(clock);
});
afterAll(() => stores.stop());
beforeEach(async () => {
  clock.nowMs = start;
  ({ table, store, relayed } = await stores.fresh());
});

const scope = { accountId: 'ann', operation: 'POST /payments/orders', key: 'key#1' };

function placement(id: string, key = scope.key): Placement {
  const order = newOrder(id, 'ann', twoCups, at);
  const idempotency = {
    scope: { ...scope, key },
    fingerprint: 'f',
    orderId: id,
    answer: `{"id":"${id}"}`,
    expiresAtMs: start + 24 * 3_600_000,
  };
  return { order, events: [orderPlaced(order)], idempotency };
}

async function chargingOrder(id: string): Promise<Order> {
  const placed = placement(id, `key-of-${id}`);
  await store.orders.place(placed);
  const reserved = reserve(placed.order, quoteFor(id), at);
  await store.orders.commit(reserved);
  const charging = startCharging(reserved.to, `pi_${id}`, at);
  await store.orders.commit(charging);
  return charging.to;
}

async function outboxTypes(): Promise<string[]> {
  const { Items = [] } = await stores.client.send(
    new ScanCommand({
      TableName: table,
      FilterExpression: 'begins_with(pk, :outbox)',
      ExpressionAttributeValues: { ':outbox': { S: 'OUTBOX#' } },
    }),
  );
  return Items.map((item) => JSON.parse(item.event?.S ?? '{}').type).toSorted();
}

describe('placing', () => {
  it('writes order, record and event together, and hands the event to the relay', async () => {
    expect(await store.orders.place(placement('o1'))).toBe(true);
    expect(await store.orders.find('o1')).toEqual(placement('o1').order);
    expect(await store.idempotency.find(scope)).toMatchObject({ answer: '{"id":"o1"}' });
    expect(await outboxTypes()).toEqual(['order.placed']);
    expect(relayed).toMatchObject([{ id: 'event-1', type: 'order.placed', occurredAt: at }]);
  });

  it('writes nothing when the key is taken', async () => {
    await store.orders.place(placement('o1'));
    expect(await store.orders.place(placement('o2'))).toBe(false);
    expect(await store.orders.find('o2')).toBeUndefined();
    expect(await outboxTypes()).toHaveLength(1);
    expect(relayed).toHaveLength(1);
  });

  it('lets one of many racers win', async () => {
    const racers = Array.from({ length: 8 }, (_, index) =>
      store.orders.place(placement(`o${index}`)),
    );
    expect((await Promise.all(racers)).filter(Boolean)).toHaveLength(1);
  });

  it('takes an expired record for absent, also while it is still there', async () => {
    await store.orders.place(placement('o1'));
    clock.nowMs += 24 * 3_600_000;
    expect(await store.idempotency.find(scope)).toBeUndefined();
    const later = placement('o2');
    const order = { ...later.order, createdAt: new Date(clock.nowMs).toISOString() };
    expect(await store.orders.place({ ...later, order })).toBe(true);
  });
});

describe('a change', () => {
  it('is refused when somebody wrote since, and leaves no event behind', async () => {
    const order = await chargingOrder('o1');
    expect(await store.orders.commit(cancel(order, 'deadline', at))).toBe(true);
    expect(await store.orders.commit(confirm(order, at))).toBe(false);
    expect((await store.orders.find('o1'))?.state).toBe('cancelled');
    expect(await outboxTypes()).toEqual(['order.cancelled', 'order.placed']);
    expect(await store.ledger.balances()).toEqual([]);
  });

  it('wins once when many make it at a time', async () => {
    const order = await chargingOrder('o1');
    const writers = Array.from({ length: 6 }, () => store.orders.commit(confirm(order, at)));
    expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
    expect(await store.ledger.balances()).toContainEqual({
      account: 'provider',
      currency: 'usd',
      balanceCents: 2400,
    });
  });

  it('keeps names, prices and history as they were', async () => {
    const order = await chargingOrder('o1');
    expect(await store.orders.find('o1')).toEqual(order);
  });
});

describe('the ledger', () => {
  it('adds up bookings made at the same time, and sums to zero', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `order${index}`);
    const orders = await Promise.all(ids.map(chargingOrder));
    const booked = await Promise.all(
      orders.map((order) => store.orders.commit(confirm(order, at))),
    );
    expect(booked.every(Boolean)).toBe(true);
    const balances = await store.ledger.balances();
    expect(balances.toSorted((a, b) => a.account.localeCompare(b.account))).toEqual([
      { account: 'provider', currency: 'usd', balanceCents: 48_000 },
      { account: 'sales', currency: 'usd', balanceCents: -48_000 },
    ]);
  });
});

async function confirmedOrder(id: string): Promise<Order> {
  const confirmed = confirm(await chargingOrder(id), at);
  await store.orders.commit(confirmed);
  return confirmed.to;
}

const newRefund = (orderId: string, id: string, amountCents: number): Refund => ({
  id,
  orderId,
  amount: { amountCents, currency: 'usd' },
  restock: [{ productId: 'cup', quantity: 1 }],
  state: 'pending',
  reason: null,
  version: 1,
  attempt: 1,
  createdAt: at,
  updatedAt: at,
});

describe('refunds', () => {
  it('are written with their order, key and event, and settled with journal and event', async () => {
    const order = await confirmedOrder('o1');
    const refund = newRefund('o1', 'r1', 1000);
    const { idempotency } = placement('o1', 'refund-key');
    const started = { ...startRefund(order, refund), idempotency };
    expect(await store.refunds.commit(started)).toBe(true);
    expect(await store.refunds.find('o1', 'r1')).toEqual(refund);
    expect(await store.refunds.find('o2', 'r1')).toBeUndefined();
    expect((await store.orders.find('o1'))?.refunded?.cents).toBe(1000);
    expect(await store.refunds.commit(succeed(refund, at))).toBe(true);
    expect(await store.refunds.commit(succeed(refund, at))).toBe(false);
    expect(await store.ledger.balances()).toContainEqual({
      account: 'provider',
      currency: 'usd',
      balanceCents: 1400,
    });
    expect(await outboxTypes()).toEqual([
      'order.confirmed',
      'order.placed',
      'order.refunded',
      'refund.requested',
    ]);
    const journals = await Array.fromAsync(store.ledger.journals(start - 1_000));
    expect(journals.map(({ id }) => id).toSorted()).toEqual(['order-o1-confirm', 'refund-r1']);
    expect(await Array.fromAsync(store.ledger.journals(start + 1))).toEqual([]);
  });

  it('are refused when the order was written since, or the key is taken', async () => {
    const order = await confirmedOrder('o1');
    const two = await Promise.all(
      ['r1', 'r2'].map((id) => store.refunds.commit(startRefund(order, newRefund('o1', id, 1300)))),
    );
    expect(two.toSorted()).toEqual([false, true]);
    const [kept] = await store.refunds.of('o1');
    expect(await store.refunds.of('o1')).toHaveLength(1);
    const now = await store.orders.find('o1');
    if (!now || !kept) throw new Error('the order is gone');
    const { idempotency } = placement('o1', 'key-of-o1');
    const again = { ...startRefund(now, newRefund('o1', 'r3', 1)), idempotency };
    expect(await store.refunds.commit(again)).toBe(false);
    expect(await store.refunds.commit(fail(kept, now, 'lost', at))).toBe(true);
    expect((await store.orders.find('o1'))?.refunded?.cents).toBe(0);
  });
});

describe("an account's orders", () => {
  it('come newest first, each once, a page at a time', async () => {
    const ids = Array.from({ length: 5 }, (_, index) => `o${index}`);
    for (const [index, id] of ids.entries()) {
      const createdAt = new Date(start + index * 1_000).toISOString();
      const placed = placement(id, id);
      await store.orders.place({ ...placed, order: { ...placed.order, createdAt } });
    }
    const other = placement('bob1', 'bob');
    await store.orders.place({ ...other, order: { ...other.order, accountId: 'bob' } });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await store.orders.page({ accountId: 'ann', limit: 2, after });
      expect(page.orders.length).toBeLessThanOrEqual(2);
      seen.push(...page.orders.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(ids.toReversed());
  });
});

describe("the provider's events", () => {
  it('are remembered for 30 days', async () => {
    expect(await store.reports.has('evt_1')).toBe(false);
    await store.reports.add('evt_1');
    clock.nowMs += 30 * 24 * 3_600_000 - 1_000;
    expect(await store.reports.has('evt_1')).toBe(true);
    clock.nowMs += 1_000;
    expect(await store.reports.has('evt_1')).toBe(false);
  });
});

describe('the check of the table', () => {
  it('passes when it is there and fails when it is not', async () => {
    await store.ping();
    const at = { client: stores.client, table: 'none' };
    const outlet = { outbox: dynamoOutbox(at), relay: { committed() {} } };
    const other = dynamoPayments({ ...at, ...outlet, clock });
    await expect(other.ping()).rejects.toThrow();
  });
});
