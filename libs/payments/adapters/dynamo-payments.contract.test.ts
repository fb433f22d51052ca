import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancel } from '../core/transitions.ts';
import { startDynamoStores } from '../testing/dynamo-stores.ts';
import { placementOf, START, START_MS, storeCharging } from '../testing/stored-orders.ts';
import { storesContract } from '../testing/stores-contract.ts';
import { dynamoPayments } from './dynamo-payments.ts';
import { listUnfinished } from './order-item.ts';

let clock: { readonly nowMs: number } = { nowMs: START_MS };
let dynamo: Awaited<ReturnType<typeof startDynamoStores>>;

beforeAll(async () => {
  dynamo = await startDynamoStores({ now: () => clock.nowMs });
});
afterAll(() => dynamo.stop());

storesContract('DynamoDB', async (testClock) => {
  clock = testClock;
  return dynamo.open();
});

describe('the payments table', () => {
  it('passes exactly the committed events to the relay', async () => {
    const { stores, events, relayed } = await dynamo.open();
    await stores.orders.place(placementOf('o1', 'key#1'));
    await stores.orders.place(placementOf('o2', 'key#1'));
    expect(relayed).toMatchObject([{ id: 'event-1', type: 'order.placed', occurredAt: START }]);
    expect(relayed).toHaveLength(1);
    expect(await events()).toEqual(relayed);
  });

  it('answers the readiness check if it exists', async () => {
    const { stores } = await dynamo.open();
    await stores.ping();
    const at = { client: dynamo.client, table: 'none' };
    const outlet = { outbox: dynamoOutbox(at), relay: { committed() {} } };
    const other = dynamoPayments({ ...at, ...outlet, clock: { now: () => START_MS } });
    await expect(other.ping()).rejects.toThrow();
  });
});

describe('orders of a version without the list of unfinished orders', () => {
  const AFTER = new Date(START_MS + 1).toISOString();

  /** Opens stores with orders that are not listed: one charging, one placed, one cancelled. */
  async function openEarlier() {
    const opened = await dynamo.open();
    const { stores, table } = opened;
    const charging = await storeCharging(stores, 'o1');
    const placed = placementOf('o2').order;
    const ended = placementOf('o3').order;
    for (const id of ['o2', 'o3']) await stores.orders.place(placementOf(id));
    await stores.orders.commit(cancel(ended, 'customer', START));
    for (const order of [charging, placed]) {
      const { orderId: _, ...Key } = listUnfinished(table, order).Put?.Item ?? {};
      await dynamo.client.send(new DeleteItemCommand({ TableName: table, Key }));
    }
    const listed = async () =>
      (await stores.orders.unfinished({ placedBefore: AFTER, limit: 10 })).map(({ id }) => id);
    return { ...opened, listed };
  }

  it('are added to the list once, and taken off it when they end', async () => {
    const { stores, listed } = await openEarlier();
    expect(await listed()).toEqual([]);
    expect(await stores.orders.listMissing(START)).toEqual({ added: 0, isEnd: true });
    expect(await stores.orders.listMissing(AFTER)).toEqual({ added: 2, isEnd: true });
    expect(await listed()).toEqual(['o1', 'o2']);
    expect(await stores.orders.listMissing(AFTER)).toEqual({ added: 0, isEnd: true });
    await stores.orders.commit(cancel(placementOf('o2').order, 'deadline', START));
    expect(await listed()).toEqual(['o1']);
  });

  it('are found page by page, across calls', async () => {
    const { stores, table, listed } = await openEarlier();
    for (const id of ['a', 'b', 'c', 'd']) {
      const Item = marshall({ pk: `LARGE#${id}`, sk: 'LARGE', text: 'x'.repeat(390_000) });
      await dynamo.client.send(new PutItemCommand({ TableName: table, Item }));
    }
    const ends: boolean[] = [];
    let added = 0;
    do {
      const page = await stores.orders.listMissing(AFTER);
      added += page.added;
      ends.push(page.isEnd);
    } while (!ends.at(-1));
    expect(ends.length).toBeGreaterThan(1);
    expect(added).toBe(2);
    expect(await listed()).toEqual(['o1', 'o2']);
  });
});
