import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKernel } from '../create-kernel.ts';
import { contextTable } from '../data-plane/table-shapes.ts';
import { createDataServices } from '../data-services.ts';
import type { ResourceProvider } from '../kernel.ts';
import { openEndpoint } from '../open-endpoint.ts';

const owned = createKernel({ root: process.cwd() });
const { kernel } = owned;
const data = createDataServices(kernel);
let close = async () => {};
let settings = {};

beforeAll(async () => {
  const endpoint = await openEndpoint(owned, 0);
  owned.provide(data.services);
  endpoint.serve(data.wires);
  close = () => endpoint.stop();
  const make = async (type: string, properties: object) => {
    const provider = data.providers.find((one) => one.type === type) as ResourceProvider;
    const context = { stack: 'counted', logicalId: type, metadata: {}, kernel };
    await provider.create({ ...context, properties: { ...properties } });
  };
  await make('AWS::DynamoDB::Table', contextTable('items'));
  await make('AWS::SQS::Queue', { QueueName: 'jobs' });
  await make('AWS::S3::Bucket', { BucketName: 'pictures' });
  settings = {
    endpoint: kernel.endpointUrl,
    region: kernel.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
    maxAttempts: 1,
  };
});
afterAll(async () => {
  data.stop();
  await close();
});

/** The counts that `work` adds, by `operation resource`. */
async function counted(work: () => Promise<unknown>) {
  const id = ({ operation, resource }: { operation: string; resource: string }) =>
    `${operation} ${resource}`;
  const before = new Map(kernel.operations.list().map((row) => [id(row), row]));
  await work();
  return Object.fromEntries(
    kernel.operations.list().flatMap((row) => {
      const earlier = before.get(id(row));
      const calls = row.calls - (earlier?.calls ?? 0);
      const amounts = Object.entries(row.amounts).map(([name, amount]) => [
        name,
        amount - (earlier?.amounts[name] ?? 0),
      ]);
      return calls > 0 ? [[id(row), { calls, ...Object.fromEntries(amounts) }]] : [];
    }),
  );
}

const item = (sk: string, bytes = 10, more = {}) => ({
  pk: { S: 'a' },
  sk: { S: sk },
  text: { S: 'x'.repeat(bytes) },
  ...more,
});
const indexed = { gsi1pk: { S: 'i' }, gsi1sk: { S: 'i' } };
const put = (Item: ReturnType<typeof item>, more = {}) =>
  new DynamoDBClient(settings).send(new PutItemCommand({ TableName: 'items', Item, ...more }));

test('a write costs a unit per kilobyte, and the same again in each index', async () => {
  expect(await counted(() => put(item('small')))).toEqual({
    'PutItem items': { calls: 1, writeUnits: 1 },
  });
  expect(await counted(() => put(item('large', 2500, indexed)))).toEqual({
    'PutItem items': { calls: 1, writeUnits: 6 },
  });
});

test('a write with a failed condition costs a unit, too', async () => {
  const rejected = put(item('small'), { ConditionExpression: 'attribute_not_exists(pk)' });
  expect(
    await counted(() => expect(rejected).rejects.toThrow(ConditionalCheckFailedException)),
  ).toEqual({ 'PutItem items': { calls: 1, writeUnits: 1 } });
});

test('a read costs 0.5 units per 4 KB, a consistent one 1, and reports it only on request', async () => {
  const client = new DynamoDBClient(settings);
  const Key = { pk: { S: 'a' }, sk: { S: 'small' } };
  const get = (ConsistentRead: boolean) =>
    client.send(new GetItemCommand({ TableName: 'items', Key, ConsistentRead }));
  expect(await counted(() => get(false))).toEqual({
    'GetItem items': { calls: 1, readUnits: 0.5 },
  });
  expect(await counted(() => get(true))).toEqual({ 'GetItem items': { calls: 1, readUnits: 1 } });
  expect((await get(true)).ConsumedCapacity).toBeUndefined();
  const query = new QueryCommand({
    TableName: 'items',
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'a' } },
  });
  expect(await counted(() => client.send(query))).toEqual({
    'Query items': { calls: 1, readUnits: 0.5 },
  });
});

test('a transaction counts its items, including condition checks', async () => {
  const client = new DynamoDBClient(settings);
  const write = new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName: 'items', Item: item('one', 1500) } },
      {
        ConditionCheck: {
          TableName: 'items',
          Key: { pk: { S: 'a' }, sk: { S: 'small' } },
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
    ],
  });
  expect(await counted(() => client.send(write))).toEqual({
    'TransactWriteItems items': { calls: 1, transactItems: 3 },
  });
});

test('counts queue calls, bus entries and bucket bytes', async () => {
  const sqs = new SQSClient(settings);
  const QueueUrl = `${kernel.endpointUrl}/${kernel.accountId}/jobs`;
  const queueArn = kernel.arn('sqs', 'jobs');
  const viaQueue = await counted(async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'work' }));
    const [message] = await kernel.services.sqs.receive(queueArn, 1, 1000);
    const ReceiptHandle = message?.receiptHandle;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  });
  expect(viaQueue).toEqual({
    'SendMessage jobs': { calls: 1 },
    'ReceiveMessage jobs': { calls: 1 },
    'DeleteMessage jobs': { calls: 1 },
  });

  const entry = { Source: 'shop', DetailType: 'done', Detail: '{}' };
  const events = new EventBridgeClient(settings);
  expect(
    await counted(() => events.send(new PutEventsCommand({ Entries: [entry, entry] }))),
  ).toEqual({ 'PutEvents default': { calls: 2, entries: 2 } });

  const s3 = new S3Client(settings);
  const object = { Bucket: 'pictures', Key: 'a/b' };
  const viaBucket = await counted(async () => {
    await s3.send(new PutObjectCommand({ ...object, Body: 'picture' }));
    await (await s3.send(new GetObjectCommand(object))).Body?.transformToString();
  });
  expect(viaBucket['PUT object pictures']).toMatchObject({ calls: 1 });
  expect(viaBucket['GET object pictures']).toEqual({ calls: 1, bytesIn: 0, bytesOut: 7 });
});
