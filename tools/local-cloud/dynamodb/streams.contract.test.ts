import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StreamRecord } from '../kernel.ts';
import { createTable, key, startDynamo } from '../testing/dynamo-fixture.ts';

let local: Awaited<ReturnType<typeof startDynamo>>;
const records: StreamRecord[] = [];

beforeAll(async () => {
  local = await startDynamo();
  const { streamArn } = await createTable(local.client, 'shop', 'NEW_IMAGE');
  local.dynamo.subscribe(streamArn, (record) => records.push(record));
});
beforeEach(() => {
  records.length = 0;
});
afterAll(() => local.stop());

const put = (pk: string, more: Record<string, { N: string }> = {}, TableName = 'shop') =>
  local.client.send(new PutItemCommand({ TableName, Item: { ...key(pk), ...more } }));
const summary = () => records.map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage]);

describe('a stream', () => {
  it('has a record of every kind of write, in order', async () => {
    await put('a');
    await local.client.send(
      new UpdateItemCommand({
        TableName: 'shop',
        Key: key('a'),
        UpdateExpression: 'SET price = :price',
        ExpressionAttributeValues: { ':price': { N: '5' } },
      }),
    );
    await local.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'shop', Item: key('b') } },
          { Delete: { TableName: 'shop', Key: key('a') } },
        ],
      }),
    );
    await local.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          shop: [{ PutRequest: { Item: key('c') } }, { DeleteRequest: { Key: key('b') } }],
        },
      }),
    );
    expect(summary()).toEqual([
      ['INSERT', key('a')],
      ['MODIFY', { ...key('a'), price: { N: '5' } }],
      ['INSERT', key('b')],
      ['REMOVE', undefined],
      ['INSERT', key('c')],
      ['REMOVE', undefined],
    ]);
    expect(records.map((record) => record.dynamodb.Keys)).toEqual(
      ['a', 'a', 'b', 'a', 'c', 'b'].map((pk) => key(pk)),
    );
    const numbers = records.map((record) => String(record.dynamodb.SequenceNumber));
    expect([...numbers].sort()).toEqual(numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('has no record of a write that changes nothing or is rejected', async () => {
    await put('same', { n: { N: '1' } });
    records.length = 0;
    await put('same', { n: { N: '1' } });
    await local.client.send(new DeleteItemCommand({ TableName: 'shop', Key: key('absent') }));
    const cancelled = local.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'shop', Item: key('x') } },
          {
            Put: {
              TableName: 'shop',
              Item: key('same'),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
    );
    await expect(cancelled).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(records).toEqual([]);
  });

  it('is passed on from its start to a consumer that begins at TRIM_HORIZON', async () => {
    const { streamArn } = await createTable(local.client, 'early', 'NEW_IMAGE');
    await put('before', {}, 'early');
    const seen: Record<'TRIM_HORIZON' | 'LATEST', unknown[]> = { TRIM_HORIZON: [], LATEST: [] };
    for (const from of ['TRIM_HORIZON', 'LATEST'] as const) {
      local.dynamo.subscribe(streamArn, ({ dynamodb }) => seen[from].push(dynamodb.Keys), from);
    }
    await put('after', {}, 'early');
    expect(seen.TRIM_HORIZON).toEqual([key('before'), key('after')]);
    expect(seen.LATEST).toEqual([key('after')]);
  });

  it('includes old images only if its view type says so', async () => {
    const { streamArn } = await createTable(local.client, 'both', 'NEW_AND_OLD_IMAGES');
    const seen: StreamRecord[] = [];
    const unsubscribe = local.dynamo.subscribe(streamArn, (record) => seen.push(record));
    await put('a', { n: { N: '1' } }, 'both');
    await put('a', { n: { N: '2' } }, 'both');
    unsubscribe();
    await put('a', { n: { N: '3' } }, 'both');
    expect(seen.map(({ dynamodb }) => [dynamodb.OldImage, dynamodb.NewImage])).toEqual([
      [undefined, { ...key('a'), n: { N: '1' } }],
      [
        { ...key('a'), n: { N: '1' } },
        { ...key('a'), n: { N: '2' } },
      ],
    ]);
    expect(seen[0]).toMatchObject({ eventSource: 'aws:dynamodb', eventSourceARN: streamArn });
  });
});

describe('time to live', () => {
  beforeAll(() =>
    local.client.send(
      new UpdateTimeToLiveCommand({
        TableName: 'shop',
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      }),
    ),
  );

  it('is described, and cannot be enabled twice', async () => {
    const { TimeToLiveDescription } = await local.client.send(
      new DescribeTimeToLiveCommand({ TableName: 'shop' }),
    );
    expect(TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });
    await expect(
      local.client.send(
        new UpdateTimeToLiveCommand({
          TableName: 'shop',
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('removes expired items, and their stream records name TTL', async () => {
    const now = 2_000_000_000;
    await put('expired', { expiresAt: { N: `${now - 1}` } });
    await put('lives', { expiresAt: { N: `${now + 1}` } });
    await put('ancient', { expiresAt: { N: '1' } });
    records.length = 0;
    expect(local.dynamo.removeExpired(now * 1000)).toBe(1);
    expect(records).toMatchObject([
      {
        eventName: 'REMOVE',
        dynamodb: { Keys: key('expired') },
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      },
    ]);
    const left = await local.client.send(
      new GetItemCommand({ TableName: 'shop', Key: key('lives') }),
    );
    expect(left.Item).toBeDefined();
  });
});

describe('a table from a template', () => {
  it('has the stream and the time to live of the template', async () => {
    const [provider] = local.dynamo.providers;
    const resource = await provider?.create({
      stack: 'triptych-serverless-state',
      logicalId: 'Orders',
      metadata: {},
      kernel: local.kernel,
      properties: {
        KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expire', Enabled: true },
      },
    });
    const name = 'triptych-serverless-state-Orders';
    expect(resource).toEqual({
      physicalId: name,
      attributes: {
        Arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`,
        StreamArn: expect.stringContaining(`:table/${name}/stream/`),
      },
    });
    const { TimeToLiveDescription } = await local.client.send(
      new DescribeTimeToLiveCommand({ TableName: name }),
    );
    expect(TimeToLiveDescription?.AttributeName).toBe('expire');
  });
});
