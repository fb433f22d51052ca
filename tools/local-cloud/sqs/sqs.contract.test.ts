import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
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

/** Receives up to ten messages. By default, it does not wait. */
async function receive(QueueUrl: string, options: Partial<ReceiveMessageCommandInput> = {}) {
  const input = { QueueUrl, MaxNumberOfMessages: 10, ...options };
  return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
}

async function attributes(QueueUrl: string) {
  const input = { QueueUrl, AttributeNames: ['All' as const] };
  return (await sqs.send(new GetQueueAttributesCommand(input))).Attributes ?? {};
}

describe('SQS through the official client', () => {
  it('delivers body and attributes unchanged, with valid digests', async () => {
    const QueueUrl = await cloud.createQueue('carry');
    const MessageBody = JSON.stringify({ text: 'äöü → €' });
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'order' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
      count: { DataType: 'Number.int', StringValue: '3' },
    };
    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }),
    );
    const [message] = await receive(QueueUrl, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: MessageBody });
    expect(message?.MessageAttributes).toMatchObject(MessageAttributes);
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
    expect(Number(message?.Attributes?.SentTimestamp)).toBeGreaterThan(1_700_000_000_000);
  });

  it('returns only the requested attributes', async () => {
    const QueueUrl = await cloud.createQueue('asked-for');
    const value = { DataType: 'String', StringValue: 'x' };
    const MessageAttributes = { 'trace.id': value, 'trace.span': value, other: value };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageAttributes }));
    for (const name of ['All', '*', '.*']) {
      const [all] = await receive(QueueUrl, {
        MessageAttributeNames: [name],
        VisibilityTimeout: 0,
      });
      expect(Object.keys(all?.MessageAttributes ?? {}), name).toHaveLength(3);
    }
    const [message] = await receive(QueueUrl, {
      MessageAttributeNames: ['trace.*'],
      MessageSystemAttributeNames: ['SentTimestamp'],
    });
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['trace.id', 'trace.span']);
    expect(Object.keys(message?.Attributes ?? {})).toEqual(['SentTimestamp']);
  });

  it('waits for a message up to WaitTimeSeconds', async () => {
    const QueueUrl = await cloud.createQueue('long-poll');
    const waiting = receive(QueueUrl, { WaitTimeSeconds: 20 });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'here' }));
    expect((await waiting).map((message) => message.Body)).toEqual(['here']);
  });

  it('reports a result for each entry of a batch', async () => {
    const QueueUrl = await cloud.createQueue('batch', { MaximumMessageSize: 1024 });
    const Entries = [
      { Id: 'good', MessageBody: 'a' },
      { Id: 'long', MessageBody: 'x'.repeat(2000) },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful?.map((entry) => entry.Id)).toEqual(['good']);
    expect(sent.Failed).toMatchObject([{ Id: 'long', SenderFault: true }]);
    const [message] = await receive(QueueUrl);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'one', ReceiptHandle: message?.ReceiptHandle },
          { Id: 'two', ReceiptHandle: 'nonsense' },
        ],
      }),
    );
    expect(deleted.Successful?.map((entry) => entry.Id)).toEqual(['one']);
    expect(deleted.Failed).toMatchObject([{ Id: 'two', Code: 'ReceiptHandleIsInvalid' }]);
  });

  it('rejects batches that are empty, too long or repeat an id', async () => {
    const QueueUrl = await cloud.createQueue('bad-batches');
    const send = (ids: string[]) => {
      const Entries = ids.map((Id) => ({ Id, MessageBody: 'a' }));
      return sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    };
    await expect(send([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    await expect(send(['a', 'a'])).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
    const eleven = Array.from({ length: 11 }, (_, index) => `id${index}`);
    await expect(send(eleven)).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
  });

  it('accepts a message of 1 MiB and rejects one byte more', async () => {
    const QueueUrl = await cloud.createQueue('limit');
    const send = (bytes: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(bytes) }));
    await send(1_048_576);
    await expect(send(1_048_577)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('counts visible, delayed and in-flight messages', async () => {
    const QueueUrl = await cloud.createQueue('counts');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'c', DelaySeconds: 900 }));
    await receive(QueueUrl, { MaxNumberOfMessages: 1 });
    expect(await attributes(QueueUrl)).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:counts',
    });
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await attributes(QueueUrl)).toMatchObject({ ApproximateNumberOfMessages: '0' });
  });

  it('makes a message visible when its visibility timeout becomes zero', async () => {
    const QueueUrl = await cloud.createQueue('visibility');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    const [first] = await receive(QueueUrl);
    const ReceiptHandle = first?.ReceiptHandle;
    const again = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(again));
    const [second] = await receive(QueueUrl, { MessageSystemAttributeNames: ['All'] });
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
    await expect(sqs.send(new ChangeMessageVisibilityCommand(again))).rejects.toMatchObject({
      name: 'MessageNotInflight',
    });
  });

  it('moves a poison message to the dead-letter queue, and back on redrive', async () => {
    const deadUrl = await cloud.createQueue('orders-dead');
    const deadArn = (await attributes(deadUrl)).QueueArn ?? '';
    const QueueUrl = await cloud.createQueue('orders', {
      VisibilityTimeout: 0,
      RedrivePolicy: { deadLetterTargetArn: deadArn, maxReceiveCount: 1 },
    });
    const sources = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadUrl }));
    expect(sources.queueUrls).toEqual([QueueUrl]);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
    expect(await receive(QueueUrl)).toHaveLength(1);
    expect(await receive(QueueUrl)).toEqual([]);
    expect((await attributes(deadUrl)).ApproximateNumberOfMessages).toBe('1');
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));
    const tasks = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: deadArn }));
    expect(tasks.Results).toMatchObject([
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 },
    ]);
    const [message] = await receive(QueueUrl, { MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
  });

  it('finds queues by name and by prefix', async () => {
    const QueueUrl = await cloud.createQueue('find-me');
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'find-me' }));
    expect(found.QueueUrl).toBe(QueueUrl);
    const listed = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'find' }));
    expect(listed.QueueUrls).toEqual([QueueUrl]);
  });

  it('is reached by clients that only know a queue URL', async () => {
    const QueueUrl = await cloud.createQueue('by-url');
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const silent = { debug() {}, info() {}, warn() {}, error() {} };
    const plain = new SQSClient({ region: 'us-east-1', credentials, logger: silent });
    await plain.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    const [message] = await receive(QueueUrl);
    const ReceiptHandle = message?.ReceiptHandle;
    await plain.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    plain.destroy();
    expect(await attributes(QueueUrl)).toMatchObject({ ApproximateNumberOfMessages: '0' });
  });

  it('names a queue that does not exist', async () => {
    const unknown = sqs.send(new GetQueueUrlCommand({ QueueName: 'nobody' }));
    await expect(unknown).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: expect.stringContaining('nobody'),
    });
  });

  it('names an unsupported call', async () => {
    const QueueUrl = await cloud.createQueue('untagged');
    const tag = sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: 'b' } }));
    await expect(tag).rejects.toThrow('TagQueue');
  });
});
