import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { dynamo } from '@triptych/platform/aws';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holding } from '../testing/holding.ts';
import { productNamed } from '../testing/products.ts';
import { storeContract } from '../testing/store-contract.ts';
import { dynamoCatalog } from './dynamo-catalog.ts';

const data = { orderId: 'o1', reason: 'out-of-stock' };
const answer = { type: 'stock.rejected', source: 'triptych.catalog', data } as const;
let plane: DataPlane;
let tables = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

async function open() {
  tables += 1;
  const table = await plane.createTable({ name: `catalog-${tables}` });
  const client = dynamo();
  const outbox = dynamoOutbox({ client, table });
  const relayed: string[] = [];
  const relay = {
    committed: (events: readonly { id: string }[]) => void relayed.push(...events.map((e) => e.id)),
  };
  const store = dynamoCatalog({ client, table, outbox, relay });
  // Negative, so that the age of an event never excludes it: tests set their own times.
  const events = () => outbox.pending({ olderThanMs: -1000, limit: 100 });
  return { store, events, relayed };
}

storeContract('DynamoDB', open);

describe('the catalog table', () => {
  it('answers a readiness check', async () => {
    const { store } = await open();
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('passes exactly the committed events to the relay', async () => {
    const { store, events, relayed } = await open();
    await store.create(productNamed('p1', { available: 1 }));
    await store.reserve(holding('o1', { p1: 1 }), 'usd', [answer]);
    await store.reserve(holding('o2', { p1: 1 }), 'usd', [answer]);
    const committed = await events();
    expect(committed).toHaveLength(1);
    expect(committed[0]).toMatchObject({ ...answer, occurredAt: '2026-02-01T12:00:00.000Z' });
    expect(relayed).toEqual(committed.map((event) => event.id));
  });

  it('never oversells to concurrent orders', async () => {
    const { store } = await open();
    await store.create(productNamed('p1', { available: 7 }));
    const orders = Array.from({ length: 20 }, (_, index) => holding(`o${index}`, { p1: 1 }));
    const outcomes = await Promise.all(orders.map((order) => store.reserve(order, 'usd', [])));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(7);
    expect((await store.find('p1'))?.stock).toMatchObject({ available: 0, held: 7, received: 7 });
  });

  it('numbers concurrent uploads', async () => {
    const { store } = await open();
    await store.create(productNamed('p1'));
    const begin = (imageId: string) =>
      store.begin({ imageId, productId: 'p1', contentType: 'image/png', status: 'pending' });
    expect(await Promise.all([begin('i1'), begin('i2'), begin('i3')])).toEqual(
      Array(3).fill('begun'),
    );
  });

  it('retries a conflicting transaction a bounded number of times', async () => {
    const { store } = await open();
    await store.create(productNamed('p1', { available: 1 }));
    const some = conflicts(2);
    expect(await store.reserve(holding('o1', { p1: 1 }), 'usd', [])).toBe('done');
    expect(some.left()).toBe(0);
    some.end();
    const always = conflicts(1000);
    const rejected = store.record(holding('o2', {}), [answer]);
    await expect(rejected).rejects.toThrow(TransactionCanceledException);
    always.end();
    expect(1000 - always.left()).toBeLessThanOrEqual(8);
  });
});

/** Cancels the next `count` transactions, as AWS does when another one is writing the same item. */
function conflicts(count: number) {
  let left = count;
  const name = 'conflict';
  dynamo().middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand' || left === 0) return next(args);
      left -= 1;
      throw new TransactionCanceledException({
        message: 'Transaction cancelled',
        $metadata: {},
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      });
    },
    { step: 'initialize', name },
  );
  return { left: () => left, end: () => dynamo().middlewareStack.remove(name) };
}
