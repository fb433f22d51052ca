import {
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, key, startDynamo } from '../testing/dynamo-fixture.ts';

let local: Awaited<ReturnType<typeof startDynamo>>;

beforeAll(async () => {
  local = await startDynamo();
  await createTable(local.client, 'shop');
  await createTable(local.client, 'ledger');
});
afterAll(() => local.stop());

const put = (pk: string, number: number) =>
  local.client.send(
    new PutItemCommand({ TableName: 'shop', Item: { ...key(pk), number: { N: `${number}` } } }),
  );
const get = async (pk: string, TableName = 'shop') =>
  (await local.client.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item;
const transact = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  local.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
const takeOne = (pk: string): TransactWriteItem => ({
  Update: {
    TableName: 'shop',
    Key: key(pk),
    UpdateExpression: 'SET #n = #n - :one',
    ConditionExpression: '#n >= :one',
    ExpressionAttributeNames: { '#n': 'number' },
    ExpressionAttributeValues: { ':one': { N: '1' } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
const putOnce = (pk: string, TableName = 'shop'): TransactWriteItem => ({
  Put: { TableName, Item: key(pk), ConditionExpression: 'attribute_not_exists(pk)' },
});
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as TransactionCanceledException,
  );

describe('a write transaction', () => {
  it('applies all its writes, in several tables', async () => {
    await put('stock', 2);
    await put('guard', 1);
    await put('old', 1);
    await transact([
      takeOne('stock'),
      putOnce('journal', 'ledger'),
      { Delete: { TableName: 'shop', Key: key('old') } },
      {
        ConditionCheck: {
          TableName: 'shop',
          Key: key('guard'),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
    ]);
    expect((await get('stock'))?.number).toEqual({ N: '1' });
    expect(await get('journal', 'ledger')).toEqual(key('journal'));
    expect(await get('old')).toBeUndefined();
    expect((await get('guard'))?.number).toEqual({ N: '1' });
  });

  it('applies none of them when a condition fails, and reports the failed item', async () => {
    await put('empty', 0);
    const failure = await failureOf(transact([putOnce('never'), takeOne('empty')]));
    expect(failure).toBeInstanceOf(TransactionCanceledException);
    expect(failure?.message).toContain('[None, ConditionalCheckFailed]');
    expect(failure?.CancellationReasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('empty'), number: { N: '0' } },
      },
    ]);
    expect(await get('never')).toBeUndefined();
  });

  it('rolls back when a later update fails', async () => {
    await local.client.send(
      new PutItemCommand({ TableName: 'shop', Item: { ...key('text'), number: { S: 'one' } } }),
    );
    const add: TransactWriteItem = {
      Update: {
        TableName: 'shop',
        Key: key('text'),
        UpdateExpression: 'ADD #n :one',
        ExpressionAttributeNames: { '#n': 'number' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    };
    const failure = await failureOf(transact([putOnce('undone'), add]));
    expect(failure?.CancellationReasons?.map((reason) => reason.Code)).toEqual([
      'None',
      'ValidationError',
    ]);
    expect(await get('undone')).toBeUndefined();
  });

  it('never oversells when many transactions compete', async () => {
    await put('seats', 5);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, buyer) =>
        transact([takeOne('seats'), putOnce(`seat-${buyer}`)]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(5);
    expect((await get('seats'))?.number).toEqual({ N: '0' });
  });

  it('rejects two writes of one item', async () => {
    await put('twice', 3);
    await expect(transact([takeOne('twice'), takeOne('twice')])).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
  });

  it('rejects more than 100 items', async () => {
    const items = Array.from({ length: 101 }, (_, index) => putOnce(`many-${index}`));
    await expect(transact(items)).rejects.toMatchObject({ name: 'ValidationException' });
    await transact(items.slice(0, 100));
    expect(await get('many-99')).toBeDefined();
  });

  it('is idempotent per client request token', async () => {
    await put('token', 10);
    await transact([takeOne('token')], 'the-token');
    await transact([takeOne('token')], 'the-token');
    expect((await get('token'))?.number).toEqual({ N: '9' });
    await expect(transact([putOnce('other')], 'the-token')).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });

  it('rejects an unknown table and an invalid expression', async () => {
    await expect(transact([putOnce('a', 'nowhere')])).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const broken: TransactWriteItem = {
      Put: { TableName: 'shop', Item: key('b'), ConditionExpression: 'nonsense(' },
    };
    await expect(transact([broken])).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('has no effect when fault injection throttles or cancels it', async () => {
    local.kernel.misbehaviour.throttleDynamo = 1;
    const failure = await failureOf(transact([putOnce('throttled')]));
    local.kernel.misbehaviour.throttleDynamo = 0;
    expect(failure?.CancellationReasons?.[0]?.Code).toBe('TransactionConflict');
    expect(await get('throttled')).toBeUndefined();
  });
});

describe('a read transaction', () => {
  it('returns items in order, with an empty response for a missing one', async () => {
    await put('read', 7);
    const { Responses } = await local.client.send(
      new TransactGetItemsCommand({
        TransactItems: [
          { Get: { TableName: 'shop', Key: key('missing') } },
          { Get: { TableName: 'shop', Key: key('read'), ProjectionExpression: 'pk' } },
        ],
      }),
    );
    expect(Responses).toEqual([{}, { Item: { pk: { S: 'read' } } }]);
  });

  it('rejects two reads of one item', async () => {
    const twice = { Get: { TableName: 'shop', Key: key('read') } };
    await expect(
      local.client.send(new TransactGetItemsCommand({ TransactItems: [twice, twice] })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
