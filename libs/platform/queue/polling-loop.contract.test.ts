import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Loop } from '../container/index.ts';
import { captureLog, type LogLine } from '../testing/captured-log.ts';
import { awsSettings, type DataPlane, startDataPlane } from '../testing/data-plane.ts';
import { PATIENT } from '../testing/patience.ts';
import { type MessageHandler, pollingLoop, type QueueMessage } from './index.ts';

let plane: DataPlane;
let sqs: SQSClient;
let queueUrl: string;
let loop: Loop | undefined;
let lines: LogLine[];
let made = 0;

beforeAll(async () => {
  plane = await startDataPlane();
  sqs = new SQSClient(awsSettings(plane));
});
afterAll(async () => {
  sqs.destroy();
  await plane.stop();
});
beforeEach(async () => {
  lines = captureLog('info');
  queueUrl = await plane.createQueue(`queue-${made++}`, { VisibilityTimeout: 30 });
});
afterEach(() => loop?.stop());

const send = (body: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
const poll = async (handle: MessageHandler) => {
  loop = pollingLoop({ sqs, queueUrl, handle });
  await loop.start();
};
/** Number of messages in the queue, visible or not. */
const left = () => plane.messagesIn(queueUrl);
const until = (condition: () => boolean | Promise<boolean>) => vi.waitUntil(condition, PATIENT);

describe('pollingLoop', () => {
  it('handles each message and deletes it', async () => {
    const seen: QueueMessage[] = [];
    for (const body of ['{"n":1}', '{"n":2}', '{"n":3}']) await send(body);
    await poll(async (message) => void seen.push(message));
    await until(async () => seen.length === 3 && (await left()) === 0);
    expect(seen.map((message) => message.body).sort()).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    expect(seen[0]).toMatchObject({ receiveCount: 1, sentAt: expect.any(Date) });
  });

  it('retries a failed message, counts its receives, and does not redeliver the others', async () => {
    const counts: Record<string, number[]> = { good: [], bad: [] };
    await send('good');
    await send('bad');
    await poll(async ({ body, receiveCount }) => {
      counts[body]?.push(receiveCount);
      if (body === 'bad' && receiveCount < 2) throw new Error('not yet');
    });
    await until(async () => (await left()) === 0);
    expect(counts).toEqual({ good: [1], bad: [1, 2] });
  });

  it('retries a message after the delay that its handler returns', async () => {
    const counts: number[] = [];
    await send('undecided');
    await poll(async ({ receiveCount }) => {
      counts.push(receiveCount);
      return receiveCount === 1 ? { retryAfterSeconds: 0 } : undefined;
    });
    await until(async () => (await left()) === 0);
    expect(counts).toEqual([1, 2]);
    expect(lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('stops immediately during a long poll', async () => {
    const handle = vi.fn(async () => undefined);
    await poll(handle);
    await loop?.stop();
    await send('too late');
    expect(await left()).toBe(1);
    expect(handle).not.toHaveBeenCalled();
    expect(lines.filter((line) => line.level !== 'info')).toEqual([]);
  });

  it('finishes and deletes the message that it is handling before it stops', async () => {
    let finish = () => {};
    const begun = new Promise<void>((resolve) => {
      void send('slow').then(() =>
        poll(async () => {
          resolve();
          await new Promise<void>((done) => {
            finish = done;
          });
        }),
      );
    });
    await begun;
    const stopped = loop?.stop();
    finish();
    await stopped;
    expect(await left()).toBe(0);
  });

  it('resumes after the queue was missing', async () => {
    const seen: string[] = [];
    queueUrl = queueUrl.replace(/[^/]+$/, 'comes-later');
    await poll(async ({ body }) => void seen.push(body));
    await until(() => lines.some((line) => line.msg === 'queue not polled'));
    await plane.createQueue('comes-later');
    await send('after the outage');
    await until(() => seen.includes('after the outage'));
  });
});
