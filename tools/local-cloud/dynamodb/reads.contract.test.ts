import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
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

  it('return query pages in order, forwards and backwards', async () => {
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

  it('return an index in its own order, after updates and deletes', async () => {
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

  it('return scan pages without losing or repeating an item', async () => {
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

  it('return the items of a batch', async () => {
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
