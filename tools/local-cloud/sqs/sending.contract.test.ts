import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
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

describe('sending', () => {
  it('keeps the message group of a standard queue, and rejects an invalid one', async () => {
    const QueueUrl = await cloud.createQueue('fair');
    const send = (MessageGroupId: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId }));
    await send('tenant-1');
    const receive = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] });
    const [message] = (await sqs.send(receive)).Messages ?? [];
    expect(message?.Attributes).toMatchObject({ MessageGroupId: 'tenant-1' });
    for (const wrong of ['', 'a b', 'x'.repeat(129)]) {
      await expect(send(wrong)).rejects.toThrow('alphanumeric and punctuation characters');
    }
  });

  it('rejects one entry of a batch without the others', async () => {
    const QueueUrl = await cloud.createQueue('partly');
    const text = (StringValue: string) => ({ n: { DataType: 'Number', StringValue } });
    const { Successful, Failed } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'a', MessageAttributes: text('1') },
          { Id: 'late', MessageBody: 'a', DelaySeconds: 901 },
          { Id: 'word', MessageBody: 'a', MessageAttributes: text('one') },
          {
            Id: 'typeless',
            MessageBody: 'a',
            MessageAttributes: { n: { StringValue: 'x' } as never },
          },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed?.map(({ Id, Code }) => `${Id} ${Code}`)).toEqual([
      'late InvalidParameterValue',
      'word InvalidParameterValue',
      'typeless InvalidParameterValue',
    ]);
  });
});
