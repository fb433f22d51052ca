import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamo } from '@triptych/platform/aws';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { positionOf } from '../core/index.ts';
import { productNamed } from '../testing/products.ts';
import { keys } from './catalog-table.ts';
import { dynamoCatalog } from './dynamo-catalog.ts';

let plane: DataPlane;
beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

it('searches the newest 1,000 products that have a word, across several responses', async () => {
  const client = dynamo();
  const table = await plane.createTable({ name: 'catalog-search' });
  const relay = { committed: () => {} };
  const store = dynamoCatalog({ client, table, outbox: dynamoOutbox({ client, table }), relay });
  const oldest = productNamed('oldest', {
    name: 'Common lamp',
    price: { amountCents: 1, currency: 'usd' },
    createdAt: '2020-01-01T00:00:00.000Z',
  });
  await store.create(oldest);
  const cheapest = { sort: 'price-asc', words: ['common'], limit: 1 } as const;

  // The largest possible entries, so that one response (1 MB) cannot hold all of them.
  const words = ['common', ...Array.from({ length: 39 }, (_, index) => `${index}`.padEnd(32, 'x'))];
  async function addNewer(from: number, to: number) {
    for (let start = from; start < to; start += 25) {
      const puts = Array.from({ length: Math.min(25, to - start) }, (_, index) => {
        const { id, name, category, createdAt, price } = productNamed(`newer-${start + index}`);
        const key = keys.word('common', positionOf({ id, name, createdAt, price }, 'age'));
        const item = { ...key, id, name, category, createdAt, price, words };
        return { PutRequest: { Item: marshall(item) } };
      });
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
    }
  }

  await addNewer(0, 999);
  expect((await store.page(cheapest)).products).toEqual([oldest]);
  await addNewer(999, 1000);
  expect((await store.page(cheapest)).products).toEqual([]);
});
