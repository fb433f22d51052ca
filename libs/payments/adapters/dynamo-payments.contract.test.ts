import { dynamoOutbox } from '@triptych/platform/outbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoStores } from '../testing/dynamo-stores.ts';
import { placementOf, START, START_MS } from '../testing/stored-orders.ts';
import { storesContract } from '../testing/stores-contract.ts';
import { dynamoPayments } from './dynamo-payments.ts';

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
