import {
  type AttributeValue,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, key, startDynamo } from '../testing/dynamo-fixture.ts';

let local: Awaited<ReturnType<typeof startDynamo>>;
let client: DynamoDBClient;

beforeAll(async () => {
  local = await startDynamo();
  client = local.client;
  await createTable(client, 'shop');
});
afterAll(() => local.stop());

const put = (item: Record<string, AttributeValue>) =>
  client.send(new PutItemCommand({ TableName: 'shop', Item: item }));
const get = async (pk: string, sk?: string) =>
  (await client.send(new GetItemCommand({ TableName: 'shop', Key: key(pk, sk) }))).Item;

describe('tables', () => {
  it('are active immediately, with their index', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'shop' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/shop',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', IndexStatus: 'ACTIVE' }],
    });
  });

  it('reject a name that is taken, and calls to a missing table', async () => {
    await expect(
      client.send(
        new CreateTableCommand({
          TableName: 'shop',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(
      client.send(new GetItemCommand({ TableName: 'nowhere', Key: key('x') })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('reject and name an unsupported property', async () => {
    await expect(
      client.send(
        new CreateTableCommand({
          TableName: 'other',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          TableClass: 'STANDARD',
        }),
      ),
    ).rejects.toThrow(/CreateTable with TableClass/);
  });
});

describe('single writes', () => {
  it('preserve values of every type', async () => {
    const item = {
      ...key('types'),
      number: { N: '12.5' },
      map: { M: { list: { L: [{ BOOL: true }, { NULL: true }] } } },
      set: { SS: ['a', 'b'] },
      bytes: { B: new Uint8Array([1, 2, 3]) },
    };
    await put(item);
    expect(await get('types')).toEqual(item);
  });

  it('fail when their condition fails, with the item if requested', async () => {
    await put({ ...key('once'), version: { N: '1' } });
    const failure = await client
      .send(
        new PutItemCommand({
          TableName: 'shop',
          Item: key('once'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      )
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
    expect((failure as ConditionalCheckFailedException).Item).toEqual({
      ...key('once'),
      version: { N: '1' },
    });
    const withoutItem = client.send(
      new DeleteItemCommand({
        TableName: 'shop',
        Key: key('once'),
        ConditionExpression: 'version = :two',
        ExpressionAttributeValues: { ':two': { N: '2' } },
      }),
    );
    await expect(withoutItem).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await expect(withoutItem).rejects.not.toHaveProperty('Item.pk');
  });

  it('increment atomically under concurrency', async () => {
    const increments = Array.from({ length: 50 }, () =>
      client.send(
        new UpdateItemCommand({
          TableName: 'shop',
          Key: key('counter'),
          UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one',
          ExpressionAttributeNames: { '#n': 'count' },
          ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
    const answers = await Promise.all(increments);
    const counts = answers.map((answer) => Number(answer.Attributes?.count?.N));
    expect(new Set(counts).size).toBe(50);
    expect((await get('counter'))?.count).toEqual({ N: '50' });
  });

  it('remove list elements by their original index, and reject an empty index key', async () => {
    await put({ ...key('removal'), list: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] } });
    await client.send(
      new UpdateItemCommand({
        TableName: 'shop',
        Key: key('removal'),
        UpdateExpression: 'REMOVE #l[0], #l[1]',
        ExpressionAttributeNames: { '#l': 'list' },
      }),
    );
    expect((await get('removal'))?.list).toEqual({ L: [{ N: '2' }] });
    await expect(
      put({ ...key('removal'), gsi1pk: { S: '' }, gsi1sk: { S: 'a' } }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await get('removal'))?.gsi1pk).toBeUndefined();
  });

  it('change nothing when an update is invalid', async () => {
    await put({ ...key('invalid'), name: { S: 'text' } });
    await expect(
      client.send(
        new UpdateItemCommand({
          TableName: 'shop',
          Key: key('invalid'),
          UpdateExpression: 'SET other = :one ADD #n :one',
          ExpressionAttributeNames: { '#n': 'name' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await get('invalid')).toEqual({ ...key('invalid'), name: { S: 'text' } });
  });
});

describe('conditions', () => {
  const item = {
    ...key('conditions'),
    tree: { M: { leaves: { L: [{ N: '1' }] } } },
    tags: { SS: ['b', 'a'] },
    flag: { BOOL: false },
    blank: { S: '' },
  };
  const check = (ConditionExpression: string, values: Record<string, AttributeValue> = {}) =>
    client.send(
      new PutItemCommand({
        TableName: 'shop',
        Item: item,
        ConditionExpression,
        ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
      }),
    );
  beforeAll(() => put(item));

  it.each<[string, Record<string, AttributeValue>]>([
    ['tree = :tree', { ':tree': { M: { leaves: { L: [{ N: '1' }] } } } }],
    ['tags = :tags', { ':tags': { SS: ['a', 'b'] } }],
    ['tree.leaves[0] = :one AND size(tree.leaves) = :one', { ':one': { N: '1.0' } }],
    ['flag IN (:false, :one)', { ':false': { BOOL: false }, ':one': { N: '1' } }],
    ['attribute_type(blank, :type) AND attribute_exists(blank)', { ':type': { S: 'S' } }],
    ['absent <> :one AND NOT absent = :one', { ':one': { N: '1' } }],
    ['contains(tree.leaves, :one) OR absent < :one', { ':one': { N: '1' } }],
  ])('hold: %s', async (expression, values) => {
    await expect(check(expression, values)).resolves.toBeDefined();
  });

  it.each<[string, Record<string, AttributeValue>]>([
    ['tree = :tree', { ':tree': { M: { leaves: { L: [{ N: '2' }] } } } }],
    ['tags <> :tags', { ':tags': { SS: ['a', 'b'] } }],
    ['absent < :one', { ':one': { N: '1' } }],
    ['flag IN (:one)', { ':one': { N: '1' } }],
    ['attribute_not_exists(blank)', {}],
  ])('fail: %s', async (expression, values) => {
    await expect(check(expression, values)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });
});

describe('fault injection', () => {
  it('throttles with the configured probability', async () => {
    local.kernel.misbehaviour.throttleDynamo = 1;
    await expect(get('types')).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
    local.kernel.misbehaviour.throttleDynamo = 0;
    expect(await get('types')).toBeDefined();
  });
});
