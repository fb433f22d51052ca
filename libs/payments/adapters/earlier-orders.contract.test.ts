import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { readItem } from '@triptych/platform/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../core/index.ts';
import { startRefund } from '../core/refund-changes.ts';
import { type Change, confirm, reserve, startCharging, storeIntent } from '../core/transitions.ts';
import { startDynamoStores } from '../testing/dynamo-stores.ts';
import { EARLIER_ORDERS } from '../testing/earlier-orders.ts';
import { refundOf, START, START_MS, type Stores } from '../testing/stored-orders.ts';
import { quoteFor } from '../testing/world.ts';
import { listUnfinished, orderKey } from './order-item.ts';

let dynamo: Awaited<ReturnType<typeof startDynamoStores>>;
beforeAll(async () => {
  dynamo = await startDynamoStores({ now: () => START_MS });
});
afterAll(() => dynamo.stop());

type Case = keyof typeof EARLIER_ORDERS;

/** Opens a table that holds the order as release 0.1.0 wrote it. */
async function openWith(name: Case) {
  const { stores, table } = await dynamo.open();
  const document = EARLIER_ORDERS[name];
  const { id, state, version, accountId, createdAt } = JSON.parse(document) as Order;
  const index = { gsi1pk: `ACCOUNT#${accountId}`, gsi1sk: `${createdAt}#${id}` };
  const Item = marshall({ ...orderKey(id), state, version, ...index, document });
  await dynamo.client.send(new PutItemCommand({ TableName: table, Item }));
  const order = await stores.orders.find(id);
  if (!order) throw new Error(`there is no order ${id}`);
  const listed = listUnfinished(table, order).Put;
  if (listed) await dynamo.client.send(new PutItemCommand(listed));
  const stored = async () =>
    JSON.parse((await readItem({ client: dynamo.client, table }, orderKey(id)))?.document ?? '');
  return { stores, order, stored };
}

/** The next step of each order that is in flight. */
const NEXT: Partial<Record<Case, (order: Order) => Change>> = {
  placed: (order) => reserve(order, quoteFor(order.id), START),
  reserved: (order) => startCharging(order, 'pi_1', START),
  charging: (order) => confirm(order, START),
  'charging without an intent': (order) => storeIntent(order, 'pi_2'),
};

describe.each(Object.keys(EARLIER_ORDERS) as Case[])('an order stored as %s', (name) => {
  it('is read in today’s shape: alone, in its account’s list, and among the unfinished', async () => {
    const { stores, order } = await openWith(name);
    expect(order.refunded).toEqual({ count: 0, cents: 0, restocked: {} });
    expect(order.intentId).not.toBeUndefined();
    const page = await stores.orders.page({ accountId: 'ann', limit: 10, after: null });
    expect(page.orders).toEqual([order]);
    const placedBefore = new Date(START_MS + 1).toISOString();
    const unfinished = await stores.orders.unfinished({ placedBefore, limit: 10 });
    expect(unfinished).toEqual(name === 'confirmed' ? [] : [order]);
  });
});

describe.each(Object.entries(NEXT))('an order stored as %s', (name, next) => {
  it('goes on, and is stored in today’s shape without a loss for a reader of 0.1.0', async () => {
    const { stores, order, stored } = await openWith(name as Case);
    expect(await stores.orders.commit(next(order))).toBe(true);
    const after = await stored();
    expect(after.refunded).toEqual({ count: 0, cents: 0, restocked: {} });
    const before: Record<string, unknown> = JSON.parse(EARLIER_ORDERS[name as Case]);
    expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)));
  });
});

it('an order stored as confirmed can be refunded', async () => {
  const { stores, order, stored } = await openWith('confirmed');
  const { refunds }: Stores = stores;
  expect(await refunds.commit(startRefund(order, refundOf(order, 'r1', 1000)))).toBe(true);
  expect((await stored()).refunded).toEqual({ count: 1, cents: 1000, restocked: { cup: 1 } });
});
