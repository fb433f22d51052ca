import { OrderCancelled } from '@triptych/events';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../errors/index.ts';
import { currentTraceparent } from '../telemetry/index.ts';
import { captureLog, type LogLine, spansIn } from '../testing/captured-log.ts';
import { orderCancelled } from '../testing/shop-events.ts';
import { onEvent, processMessage, routeMessages } from './index.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const bodyOf = (event: object, type = 'order.cancelled') => {
  const { type: _type, source: _source, ...detail } = event as Record<string, unknown>;
  return JSON.stringify({ 'detail-type': type, source: 'triptych.payments', detail });
};
const received = (body: string, receiveCount = 1, id = 'm1') => ({
  id,
  body,
  attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: '1700000000000' },
});

let lines: LogLine[];
beforeEach(() => {
  lines = captureLog();
});

describe('processMessage', () => {
  it.each([
    traceparent,
    traceparent.replace(/^00/, '01'),
    `${traceparent.replace(/^00/, 'cc')}-more`,
  ])('continues the trace of an event with the traceparent %s', async (value) => {
    const seen: (string | undefined)[] = [];
    const route = routeMessages([
      onEvent(OrderCancelled, async () => void seen.push(currentTraceparent())),
    ]);
    const body = bodyOf({ ...orderCancelled('1'), traceparent: value });
    expect(await processMessage(received(body), 'q', route, 'sqs-poll')).toBe('done');
    expect(seen[0]?.slice(3, 35)).toBe(traceparent.slice(3, 35));
  });

  it('runs the handler as a span in the trace of the message', async () => {
    const body = bodyOf({ ...orderCancelled('1'), traceparent });
    expect(
      await processMessage(received(body), 'payments-events', async () => {}, 'sqs-poll'),
    ).toBe('done');
    expect(spansIn(lines)[0]).toMatchObject({
      name: 'consume order.cancelled',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentId: 'b7ad6b7169203331',
      queue: 'payments-events',
      transport: 'sqs-poll',
      orderId: 'order-1',
      messageId: 'm1',
      queuedAtMs: 1_700_000_000_000,
    });
  });

  it('retries a message after the delay that the handler returns', async () => {
    const handle = async () => ({ retryAfterSeconds: 600 });
    expect(await processMessage(received('{}'), 'q', handle, 'sqs-poll')).toEqual({
      afterSeconds: 600,
    });
    expect(lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('retries a failed message with growing delays of at most five minutes', async () => {
    const fail = () => Promise.reject(new Error('boom'));
    const delays: number[] = [];
    for (const count of [1, 5, 1_000]) {
      const result = await processMessage(received('{}', count), 'q', fail, 'sqs-poll');
      delays.push((result as { afterSeconds: number }).afterSeconds);
    }
    const [first = 0, fifth = 0, last = 0] = delays;
    expect(first).toBeLessThanOrEqual(2);
    expect(fifth).toBeGreaterThanOrEqual(16);
    expect(last).toBeGreaterThanOrEqual(150);
    expect(last).toBeLessThanOrEqual(300);
    expect(lines.filter((line) => line.msg === 'message failed')).toHaveLength(3);
  });

  it('counts a poison message once, and never deletes it', async () => {
    const poison = routeMessages([]);
    const body = bodyOf(orderCancelled('1'));
    for (const count of [1, 2, 5]) {
      const outcome = await processMessage(received(body, count), 'q', poison, 'sqs-lambda');
      expect((outcome as { afterSeconds: number }).afterSeconds).toBeGreaterThan(0);
    }
    const logged = lines.filter(({ msg }) => msg === 'poison message');
    expect(logged).toHaveLength(3);
    expect(logged[0]).toMatchObject({
      level: 'error',
      queue: 'q',
      messageId: 'm1',
      service: 'catalog',
      variant: 'microservices',
      PoisonMessages: 1,
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Triptych',
            Dimensions: [['service', 'variant', 'queue']],
            Metrics: [{ Name: 'PoisonMessages', Unit: 'Count' }],
          },
        ],
      },
    });
    expect(logged.slice(1).some((line) => '_aws' in line)).toBe(false);
  });

  it.each([
    ['was killed', 'later', undefined],
    ['failed for another reason', 'failed', () => Promise.reject(new Error('boom'))],
  ])('counts a poison message of which the first delivery %s', async (_what, id, first) => {
    if (first) await processMessage(received('', 1, id), 'q', first, 'sqs-poll');
    for (const count of [2, 3]) {
      await processMessage(received('', count, id), 'q', routeMessages([]), 'sqs-poll');
    }
    const logged = lines.filter(({ msg }) => msg === 'poison message');
    expect(logged.map((line) => line.PoisonMessages)).toEqual([1, undefined]);
  });

  it('counts a poison message that it first sees in a late delivery', async () => {
    const outcomes = [];
    for (const count of [6, 7]) {
      const message = received('', count, 'late');
      outcomes.push(await processMessage(message, 'q', routeMessages([]), 'sqs-poll'));
    }
    expect(outcomes).toEqual([{ afterSeconds: 0 }, { afterSeconds: 0 }]);
    const logged = lines.filter(({ msg }) => msg === 'poison message');
    expect(logged.map((line) => line.PoisonMessages)).toEqual([1]);
  });

  it('hurries a poison message to the dead-letter queue of a queue with many deliveries', async () => {
    const deliver = (count: number) =>
      processMessage(received('', count, 'many'), 'q', routeMessages([]), 'sqs-poll');
    await deliver(1);
    lines.length = 0;
    expect(await deliver(6)).toEqual({ afterSeconds: 0 });
    expect(lines.filter(({ msg }) => msg === 'poison message')).toEqual([]);
  });

  it('waits at least the Retry-After of an unavailable store', async () => {
    const busy = new AppError('unavailable', 'unavailable', 'Later.', { retryAfterSeconds: 40 });
    const result = await processMessage(
      received('{}'),
      'q',
      () => Promise.reject(busy),
      'sqs-poll',
    );
    expect(result).toEqual({ afterSeconds: 40 });
  });
});
