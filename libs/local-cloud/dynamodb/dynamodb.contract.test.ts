import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createDynamo } from './index.ts';

const kernel = testKernel();
const dynamo = createDynamo(kernel);
let endpoint: Endpoint;
let client: DynamoDBClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [dynamo.wire]);
  client = new DynamoDBClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  await client.send(
    new CreateTableCommand({
      TableName: 'shop',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
});

afterAll(async () => {
  client.destroy();
  dynamo.stop();
  await endpoint.stop();
});

const key = (pk: string, sk = 'a') => ({ pk: { S: pk }, sk: { S: sk } });
const put = (item: Record<string, unknown>) =>
  client.send(new PutItemCommand({ TableName: 'shop', Item: item as never }));
const get = async (pk: string, sk?: string) =>
  (await client.send(new GetItemCommand({ TableName: 'shop', Key: key(pk, sk) }))).Item;

describe('tables', () => {
  it('are active at once, with their index', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'shop' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/shop',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', IndexStatus: 'ACTIVE' }],
    });
  });

  it('are refused under a name that is taken, and reported missing by name', async () => {
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

  it('refuse a property that is not supported, naming it', async () => {
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
    ).rejects.toThrow(/createTable\.TableClass/);
  });
});

describe('single writes', () => {
  it('give back what was put, whatever its types', async () => {
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

  it('are refused when their condition fails, with the item if asked for', async () => {
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
    const silent = client.send(
      new DeleteItemCommand({
        TableName: 'shop',
        Key: key('once'),
        ConditionExpression: 'version = :two',
        ExpressionAttributeValues: { ':two': { N: '2' } },
      }),
    );
    await expect(silent).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await expect(silent).rejects.not.toHaveProperty('Item.pk');
  });

  it('count atomically, however many come at once', async () => {
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

  it('leave nothing behind when an update is invalid', async () => {
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

describe('reads', () => {
  beforeAll(async () => {
    for (const number of [1, 2, 3, 4, 5]) {
      await put({
        ...key('list', `item#${number}`),
        gsi1pk: { S: number % 2 ? 'odd' : 'even' },
        gsi1sk: { S: `${9 - number}` },
        number: { N: String(number) },
      });
    }
  });

  const numbers = (items: { number?: { N?: string } }[] | undefined) =>
    (items ?? []).map((item) => Number(item.number?.N));

  it('query pages in order, forwards and backwards', async () => {
    const query = {
      TableName: 'shop',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: 'list' }, ':prefix': { S: 'item#' } },
      Limit: 3,
      ConsistentRead: true,
    };
    const first = await client.send(new QueryCommand(query));
    const rest = await client.send(
      new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }),
    );
    expect([...numbers(first.Items as never), ...numbers(rest.Items as never)]).toEqual([
      1, 2, 3, 4, 5,
    ]);
    const backwards = await client.send(new QueryCommand({ ...query, ScanIndexForward: false }));
    expect(numbers(backwards.Items as never)).toEqual([5, 4, 3]);
  });

  it('query an index in its own order, following updates and deletes', async () => {
    const odd = async () => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: 'shop',
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :odd AND gsi1sk BETWEEN :low AND :high',
          ExpressionAttributeValues: {
            ':odd': { S: 'odd' },
            ':low': { S: '0' },
            ':high': { S: '9' },
          },
        }),
      );
      return numbers(Items as never);
    };
    expect(await odd()).toEqual([5, 3, 1]);
    await client.send(
      new UpdateItemCommand({
        TableName: 'shop',
        Key: key('list', 'item#3'),
        UpdateExpression: 'REMOVE gsi1pk',
      }),
    );
    await client.send(new DeleteItemCommand({ TableName: 'shop', Key: key('list', 'item#5') }));
    expect(await odd()).toEqual([1]);
  });

  it('filter and project', async () => {
    const { Items, ScannedCount } = await client.send(
      new QueryCommand({
        TableName: 'shop',
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#n > :two',
        ProjectionExpression: '#n',
        ExpressionAttributeNames: { '#n': 'number' },
        ExpressionAttributeValues: { ':pk': { S: 'list' }, ':two': { N: '2' } },
      }),
    );
    expect(Items).toEqual([{ number: { N: '3' } }, { number: { N: '4' } }]);
    expect(ScannedCount).toBe(4);
  });

  it('scan in pages without losing or repeating an item', async () => {
    const seen: string[] = [];
    let start: Record<string, never> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({ TableName: 'shop', Limit: 2, ExclusiveStartKey: start }),
      );
      for (const item of page.Items ?? []) seen.push(`${item.pk?.S}/${item.sk?.S}`);
      start = page.LastEvaluatedKey as never;
    } while (start);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain('list/item#1');
  });

  it('write and get batches', async () => {
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          shop: [
            { PutRequest: { Item: key('batch', '1') } },
            { PutRequest: { Item: key('batch', '2') } },
            { DeleteRequest: { Key: key('list', 'item#2') } },
          ],
        },
      }),
    );
    const { Responses } = await client.send(
      new BatchGetItemCommand({
        RequestItems: {
          shop: { Keys: [key('batch', '1'), key('batch', '2'), key('list', 'item#2')] },
        },
      }),
    );
    expect(Responses?.shop).toHaveLength(2);
  });
});

describe('misbehaviour', () => {
  it('throttles as often as it is told to', async () => {
    kernel.misbehaviour.throttleDynamo = 1;
    await expect(get('types')).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
    kernel.misbehaviour.throttleDynamo = 0;
    expect(await get('types')).toBeDefined();
  });
});
