import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type ReturnValue,
  ScanCommand,
  type Select,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, key, startDynamo } from '../testing/dynamo-fixture.ts';

const { client, stop } = await startDynamo();
const TableName = 'calls';
const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/calls';

beforeAll(() => createTable(client, TableName));
afterAll(stop);

const put = (Item: object, table = TableName) =>
  client.send(new PutItemCommand({ TableName: table, Item: Item as never }));

describe('filters', () => {
  it('find lists and maps by their value, and count all scanned items', async () => {
    await put({ ...key('filter'), l: { L: [{ S: 'x' }] }, m: { M: { a: { S: 'b' } } } });
    const scan = (name: string, value: object) =>
      client.send(
        new ScanCommand({
          TableName,
          FilterExpression: '#n = :v',
          ExpressionAttributeNames: { '#n': name },
          ExpressionAttributeValues: { ':v': value as never },
          ProjectionExpression: 'pk',
        }),
      );
    const found = await scan('l', { L: [{ S: 'x' }] });
    expect(found).toMatchObject({ Count: 1, Items: [{ pk: { S: 'filter' } }] });
    expect(Object.keys(found.Items?.[0] ?? {})).toEqual(['pk']);
    expect(await scan('m', { M: { a: { S: 'b' } } })).toMatchObject({ Count: 1 });
    const none = await scan('m', { M: { a: { S: 'c' } } });
    expect(none.Count).toBe(0);
    expect(none.ScannedCount).toBeGreaterThan(0);
  });
});

describe('Select, segments and key values', () => {
  const query = (more: object) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'a' } },
        ...more,
      }),
    );

  it.each([
    [{ Select: 'ALL_PROJECTED_ATTRIBUTES' }, 'ALL_PROJECTED_ATTRIBUTES can be used only'],
    [{ Select: 'SPECIFIC_ATTRIBUTES' }, 'Must specify the AttributesToGet or ProjectionExpression'],
    [{ Select: 'COUNT', ProjectionExpression: 'pk' }, 'to get only the Count'],
    [{ Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'pk' }, 'to get ALL_ATTRIBUTES'],
  ] as [{ Select: Select }, string][])('rejects %j', async (more, message) => {
    await expect(query(more)).rejects.toThrow(message);
    await expect(client.send(new ScanCommand({ TableName, ...more }))).rejects.toThrow(message);
  });

  it('rejects a segment without the number of segments', async () => {
    const scan = new ScanCommand({ TableName, Segment: 0 });
    await expect(client.send(scan)).rejects.toThrow('TotalSegments parameter is required');
  });

  it('rejects empty key values in every operation', async () => {
    const Key = key('');
    const Item = Key;
    const calls = [
      () => query({ ExpressionAttributeValues: { ':p': { S: '' } } }),
      () =>
        query({
          KeyConditionExpression: 'pk = :p AND begins_with(sk, :s)',
          ExpressionAttributeValues: { ':p': { S: 'a' }, ':s': { S: '' } },
        }),
      () => client.send(new GetItemCommand({ TableName, Key })),
      () => put(Item),
      () => client.send(new UpdateItemCommand({ TableName, Key })),
      () => client.send(new DeleteItemCommand({ TableName, Key })),
      () => client.send(new BatchGetItemCommand({ RequestItems: { calls: { Keys: [Key] } } })),
      () =>
        client.send(
          new BatchWriteItemCommand({ RequestItems: { calls: [{ PutRequest: { Item } }] } }),
        ),
      () =>
        client.send(new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] })),
      () =>
        client.send(
          new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key } }] }),
        ),
      () =>
        client.send(
          new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] }),
        ),
    ];
    for (const call of calls) {
      await expect(call(), call.toString()).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringMatching(
          /^One or more parameter values are not valid\. The AttributeValue for a key attribute cannot contain an empty string value\. Key: (pk|sk)$/,
        ),
      });
    }
  });
});

describe('ReturnValues', () => {
  const update = (UpdateExpression: string, ReturnValues: ReturnValue, values?: object) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: key('returned'),
        UpdateExpression,
        ReturnValues,
        ...(values ? { ExpressionAttributeValues: values as never } : {}),
      }),
    );

  it('selects the old or new item, or only its updated parts', async () => {
    await put({ ...key('returned'), x: { S: 'x' }, m: { M: { a: { N: '1' }, b: { N: '2' } } } });
    expect((await update('REMOVE x', 'UPDATED_NEW')).Attributes).toBeUndefined();
    expect((await update('REMOVE x', 'UPDATED_OLD')).Attributes).toBeUndefined();
    const nested = await update('SET m.a = :v', 'UPDATED_NEW', { ':v': { N: '5' } });
    expect(nested.Attributes).toEqual({ m: { M: { a: { N: '5' } } } });
    const old = await update('SET m.a = :v', 'UPDATED_OLD', { ':v': { N: '6' } });
    expect(old.Attributes).toEqual({ m: { M: { a: { N: '5' } } } });
    const all = await update('SET y = :v', 'ALL_OLD', { ':v': { N: '6' } });
    expect(all.Attributes).toMatchObject({ m: { M: { a: { N: '6' } } } });
    expect(all.Attributes?.y).toBeUndefined();
  });
});

describe('a transaction with a token', () => {
  it('is the same with its members and sets in another order', async () => {
    const write = (Item: object, ClientRequestToken: string) =>
      client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken,
          TransactItems: [{ Put: { TableName, Item: Item as never } }],
        }),
      );
    const { pk, sk } = key('token');
    await write({ pk, sk, tags: { SS: ['a', 'b'] } }, 'order');
    await write({ tags: { SS: ['b', 'a'] }, sk, pk }, 'order');
    await expect(write({ pk, sk, tags: { SS: ['a'] } }, 'order')).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    await expect(write({ pk, sk }, 'x'.repeat(37))).rejects.toThrow('clientRequestToken');
  });
});

describe('a transaction', () => {
  const write = (TransactItems: object[]) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: TransactItems as never }));

  it('needs at least one item, at most 100, and an existing table', async () => {
    await expect(write([])).rejects.toThrow('length greater than or equal to 1');
    const items = Array.from({ length: 101 }, (_, index) => ({
      Put: { TableName, Item: key(`many-${index}`) },
    }));
    await expect(write(items)).rejects.toThrow('length less than or equal to 100');
    const absent = { Put: { TableName: 'absent', Item: key('a') } };
    await expect(write([absent])).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });

  it('may have almost 4 MB', async () => {
    const text = { S: 'x'.repeat(380_000) };
    const items = Array.from({ length: 12 }, (_, index) => ({
      Put: { TableName, Item: { ...key(`large-${index}`), text } },
    }));
    await expect(write(items)).rejects.toThrow('4 MB');
    await write(items.slice(0, 11));
  });
});

describe('a table ARN', () => {
  it('names the table in every operation, and in the response', async () => {
    await put(key('arn'), arn);
    const Key = key('arn');
    const got = await client.send(
      new GetItemCommand({ TableName: arn, Key, ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(got).toMatchObject({ Item: Key, ConsumedCapacity: { TableName: arn } });
    const batch = await client.send(
      new BatchGetItemCommand({ RequestItems: { [arn]: { Keys: [Key] } } }),
    );
    expect(batch.Responses).toEqual({ [arn]: [Key] });
    const transaction = await client.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: arn, Key } }] }),
    );
    expect(transaction.Responses).toEqual([{ Item: Key }]);
    const described = await client.send(new DescribeTableCommand({ TableName: arn }));
    expect(described.Table?.TableName).toBe(TableName);
    const foreign = arn.replace('000000000000', '111111111111');
    await expect(put(key('arn'), foreign)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

it('describes a table that is deleted as DELETING', async () => {
  await createTable(client, 'deleted');
  const { TableDescription } = await client.send(new DeleteTableCommand({ TableName: 'deleted' }));
  expect(TableDescription?.TableStatus).toBe('DELETING');
  await expect(
    client.send(new DescribeTableCommand({ TableName: 'deleted' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
