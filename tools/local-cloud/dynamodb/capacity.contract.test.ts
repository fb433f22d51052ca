import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, key, startDynamo } from '../testing/dynamo-fixture.ts';

const { client, stop } = await startDynamo();
const TableName = 'capacity';

beforeAll(() => createTable(client, TableName));
afterAll(stop);

describe('consumed capacity', () => {
  const indexed = { gsi1pk: { S: 'g' }, gsi1sk: { S: 'g' } };
  const INDEXES = { ReturnConsumedCapacity: 'INDEXES' } as const;

  it('of a write includes its index, unless the index does not change', async () => {
    const write = (Item: object) =>
      client.send(new PutItemCommand({ TableName, Item: Item as never, ...INDEXES }));
    const item = { ...key('capacity'), ...indexed };
    expect((await write(item)).ConsumedCapacity).toEqual({
      TableName,
      CapacityUnits: 2,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { gsi1: { CapacityUnits: 1 } },
    });
    expect((await write(item)).ConsumedCapacity).toEqual({
      TableName,
      CapacityUnits: 1,
      Table: { CapacityUnits: 1 },
    });
    const moved = await write({ ...item, gsi1sk: { S: 'other' } });
    expect(moved.ConsumedCapacity?.CapacityUnits).toBe(3);
    const removed = new DeleteItemCommand({ TableName, Key: key('capacity'), ...INDEXES });
    expect((await client.send(removed)).ConsumedCapacity?.CapacityUnits).toBe(2);
  });

  it('of a batch is reported by table', async () => {
    const requests = ['one', 'two'].map((pk) => ({ PutRequest: { Item: key(pk) } }));
    const { ConsumedCapacity } = await client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: requests },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2 }]);
  });

  it('of a transaction is twice as high in the table, and a repetition counts as a read', async () => {
    const Item = { ...key('transacted'), ...indexed };
    const write = () =>
      client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: 'capacity',
          TransactItems: [{ Put: { TableName, Item } }],
          ...INDEXES,
        }),
      );
    expect((await write()).ConsumedCapacity).toEqual([
      {
        TableName,
        CapacityUnits: 3,
        WriteCapacityUnits: 3,
        Table: { CapacityUnits: 2, WriteCapacityUnits: 2 },
        GlobalSecondaryIndexes: { gsi1: { CapacityUnits: 1, WriteCapacityUnits: 1 } },
      },
    ]);
    expect((await write()).ConsumedCapacity?.[0]).toMatchObject({ ReadCapacityUnits: 2 });
    const read = new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName, Key: key('transacted') } }],
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect((await client.send(read)).ConsumedCapacity).toEqual([
      { TableName, CapacityUnits: 2, ReadCapacityUnits: 2 },
    ]);
  });
});
