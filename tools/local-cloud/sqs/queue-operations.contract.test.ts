import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDataPlane, startLocalDataPlane } from '../data-plane/local-data-plane.ts';

let cloud: LocalDataPlane;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startLocalDataPlane();
  sqs = new SQSClient({
    endpoint: cloud.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  sqs.destroy();
  await cloud.stop();
});

const create = (QueueName: string, Attributes: Partial<Record<QueueAttributeName, string>> = {}) =>
  sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
const change = (QueueUrl: string | undefined, Attributes: Record<string, string>) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
async function attributes(QueueUrl: string | undefined, ...AttributeNames: QueueAttributeName[]) {
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
}

describe('CreateQueue', () => {
  it('creates a queue with its attributes, and returns an equal one again', async () => {
    const { QueueUrl } = await create('made', { VisibilityTimeout: '5' });
    expect(QueueUrl).toBe(`${cloud.endpointUrl}/000000000000/made`);
    expect(await attributes(QueueUrl, 'VisibilityTimeout')).toEqual({ VisibilityTimeout: '5' });
    expect((await create('made', { VisibilityTimeout: '5' })).QueueUrl).toBe(QueueUrl);
    expect((await create('made')).QueueUrl).toBe(QueueUrl);
  });

  it('rejects a name that exists with another value of an attribute', async () => {
    await create('different', { DelaySeconds: '1' });
    await expect(create('different', { DelaySeconds: '2' })).rejects.toMatchObject({
      name: 'QueueNameExists',
      message: expect.stringContaining('a different value for attribute DelaySeconds'),
    });
  });

  it('rejects attributes of FIFO queues, values out of range and FIFO names', async () => {
    await expect(create('fifo', { FifoQueue: 'true' })).rejects.toThrow(
      'Unknown Attribute FifoQueue',
    );
    await expect(create('slow', { DelaySeconds: '901' })).rejects.toThrow('DelaySeconds');
    const orders = create('orders.fifo', { FifoQueue: 'true' });
    await expect(orders).rejects.toThrow('only standard queues');
  });
});

describe('SetQueueAttributes', () => {
  it('changes the named attributes, and an empty value removes a redrive policy', async () => {
    const dead = await create('changed-dead');
    const { QueueUrl } = await create('changed', { DelaySeconds: '4' });
    const arn = (await attributes(dead.QueueUrl, 'QueueArn'))?.QueueArn ?? '';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: '3' });
    await change(QueueUrl, { VisibilityTimeout: '9', RedrivePolicy });
    const changed = await attributes(QueueUrl, 'All');
    expect(changed).toMatchObject({ DelaySeconds: '4', VisibilityTimeout: '9' });
    expect(JSON.parse(changed?.RedrivePolicy ?? '')).toMatchObject({ deadLetterTargetArn: arn });
    await change(QueueUrl, { RedrivePolicy: '' });
    expect(await attributes(QueueUrl, 'RedrivePolicy')).toBeUndefined();
  });

  it('applies to messages that are received afterwards', async () => {
    const { QueueUrl } = await create('changed-timeout');
    await change(QueueUrl, { VisibilityTimeout: '0' });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    const receive = () => sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect((await receive()).Messages).toHaveLength(1);
    expect((await receive()).Messages).toHaveLength(1);
  });

  it('rejects a dead-letter queue that does not exist', async () => {
    const { QueueUrl } = await create('changed-wrong');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:nobody',
      maxReceiveCount: 1,
    });
    await expect(change(QueueUrl, { RedrivePolicy })).rejects.toThrow(
      'Dead letter target does not exist',
    );
  });
});

describe('lists of queues', () => {
  it('have pages when the request names their size', async () => {
    for (const name of ['page-c', 'page-a', 'page-b']) await create(name);
    const list = (more: object) =>
      sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', ...more }));
    const names = (urls: string[] = []) => urls.map((url) => url.split('/').at(-1));
    const first = await list({ MaxResults: 2 });
    expect(names(first.QueueUrls)).toEqual(['page-a', 'page-b']);
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });
    expect(names(second.QueueUrls)).toEqual(['page-c']);
    expect(second.NextToken).toBeUndefined();
    expect((await list({})).NextToken).toBeUndefined();
    await expect(list({ MaxResults: 0 })).rejects.toThrow('MaxResults');
    await expect(list({ NextToken: 'nonsense' })).rejects.toThrow('next token');
  });

  it('continue after a page whose queues were deleted', async () => {
    const urls: (string | undefined)[] = [];
    for (const name of ['gone-a', 'gone-b', 'gone-c']) urls.push((await create(name)).QueueUrl);
    const list = (more: object) =>
      sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'gone-', MaxResults: 2, ...more }));
    const { NextToken } = await list({});
    for (const QueueUrl of urls.slice(0, 2)) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    expect((await list({ NextToken })).QueueUrls).toEqual(urls.slice(2));
  });

  it('have pages of the sources of a dead-letter queue, too', async () => {
    const dead = await create('sources-dead');
    const arn = (await attributes(dead.QueueUrl, 'QueueArn'))?.QueueArn ?? '';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 });
    for (const name of ['source-a', 'source-b']) await create(name, { RedrivePolicy });
    const { QueueUrl } = dead;
    const list = (more: object) =>
      sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl, ...more }));
    const first = await list({ MaxResults: 1 });
    expect(first.queueUrls).toHaveLength(1);
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    expect([...(first.queueUrls ?? []), ...(second.queueUrls ?? [])]).toHaveLength(2);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('other calls', () => {
  it('find no queue of another account, and none that was deleted', async () => {
    const { QueueUrl } = await create('gone');
    const find = (QueueOwnerAWSAccountId: string) =>
      sqs.send(new GetQueueUrlCommand({ QueueName: 'gone', QueueOwnerAWSAccountId }));
    expect((await find('000000000000')).QueueUrl).toBe(QueueUrl);
    await expect(find('111111111111')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(find('000000000000')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('purge a queue once per minute', async () => {
    const { QueueUrl } = await create('purged');
    const purge = () => sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await purge();
    await expect(purge()).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
      message: 'Only one PurgeQueue operation on purged is allowed every 60 seconds.',
    });
  });
});
