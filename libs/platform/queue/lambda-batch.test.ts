import type { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { lambdaBatch, type QueueMessage } from './index.ts';

const url = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;
const batch = (queue: string, ...bodies: string[]) =>
  ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: `r${index}`,
      body,
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    })),
  }) as unknown as SQSEvent;

let changes: ChangeMessageVisibilityCommand['input'][];
let broken = false;
const sqs = {
  send: async ({ input }: ChangeMessageVisibilityCommand) => {
    if (broken) throw new Error('sqs is unreachable');
    changes.push(input);
  },
} as unknown as SQSClient;

const handle = async ({ body }: QueueMessage) => {
  if (body === 'bad') throw new Error('boom');
  return body === 'later' ? { retryAfterSeconds: 30 } : undefined;
};

beforeEach(() => {
  captureLog('fatal');
  changes = [];
  broken = false;
});

describe('lambdaBatch', () => {
  it('reports each failed message individually', async () => {
    const consume = lambdaBatch([{ queueUrl: url('events'), handle }], sqs);
    expect(await consume(batch('events', 'good', 'bad', 'good', 'later'))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }],
    });
  });

  it('sets the visibility timeout of messages that are retried', async () => {
    const consume = lambdaBatch([{ queueUrl: url('events'), handle }], sqs);
    await consume(batch('events', 'later', 'bad'));
    expect(changes).toContainEqual({
      QueueUrl: url('events'),
      ReceiptHandle: 'r0',
      VisibilityTimeout: 30,
    });
    expect(changes).toHaveLength(2);
  });

  it('still reports a failure when the visibility timeout cannot be set', async () => {
    broken = true;
    const consume = lambdaBatch([{ queueUrl: url('events'), handle }], sqs);
    expect((await consume(batch('events', 'bad'))).batchItemFailures).toHaveLength(1);
  });

  it('routes by queue when one worker consumes several', async () => {
    const seen: string[] = [];
    const to =
      (name: string) =>
      async ({ body }: QueueMessage) =>
        void seen.push(`${name}:${body}`);
    const consume = lambdaBatch(
      [
        { queueUrl: url('payments-events'), handle: to('events') },
        { queueUrl: url('payments-deadlines'), handle: to('deadlines') },
      ],
      sqs,
    );
    await consume(batch('payments-deadlines', 'x'));
    await consume(batch('payments-events', 'y'));
    expect(seen).toEqual(['deadlines:x', 'events:y']);
  });
});
