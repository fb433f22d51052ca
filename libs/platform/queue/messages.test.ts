import { OrderCancelled } from '@triptych/events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors/index.ts';
import { currentTraceparent } from '../telemetry/index.ts';
import { captureLog, type LogLine, spansIn } from '../testing/captured-log.ts';
import { orderCancelled } from '../testing/shop-events.ts';
import {
  InvalidMessageError,
  onEvent,
  processMessage,
  routeMessages,
  toQueueMessage,
} from './index.ts';

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

/** Bodies that are not EventBridge events, with their faults. */
const NOT_EVENTS: [body: string, fault: string][] = [
  ['', 'the body is empty'],
  [' \n', 'the body is empty'],
  ['not json', 'the body is not JSON'],
  ['{"detail-type":"order.cancelled","detail":{"id":"x"', 'the body is not JSON'],
  ['[]', 'the body is not an EventBridge event'],
  ['null', 'the body is not an EventBridge event'],
  ['{"a":1}', 'the body is not an EventBridge event'],
  ['{"Service":"Amazon S3","Event":"s3:TestEvent"}', 'the body is not an EventBridge event'],
  ['{"Records":[{"eventSource":"aws:s3"}]}', 'the body is not an EventBridge event'],
  ['{"Type":"Notification","Message":"{}"}', 'the body is not an EventBridge event'],
  ['{"detail-type":7,"source":"s","detail":{}}', 'the body is not an EventBridge event'],
  [
    '{"version":"1","detail-type":"x","source":"s","detail":{}}',
    'the version of the envelope is unknown',
  ],
  ['{"detail-type":"x","detail":{}}', 'the event has no source'],
  ['{"detail-type":"x","source":"s"}', 'the event has no detail'],
  ['{"detail-type":"x","source":"s","detail":"{}"}', 'the event has no detail'],
];

let lines: LogLine[];
beforeEach(() => {
  lines = captureLog();
});

describe('toQueueMessage', () => {
  it('reads an EventBridge event', () => {
    const event = { ...orderCancelled('1'), traceparent };
    expect(toQueueMessage(received(bodyOf(event), 3))).toMatchObject({
      id: 'm1',
      type: 'order.cancelled',
      source: 'triptych.payments',
      receiveCount: 3,
      sentAt: new Date(1_700_000_000_000),
      traceparent,
      detail: { id: '1', data: { orderId: 'order-1' } },
    });
  });

  it.each(NOT_EVENTS)('names the fault of any other body: %j', (body, fault) => {
    expect(toQueueMessage(received(body))).toMatchObject({ type: '', body, fault });
  });
});

describe('routeMessages', () => {
  it('passes an event with its type and source to its handler', async () => {
    const handle = vi.fn(async () => undefined);
    const event = { ...orderCancelled('1'), traceparent };
    await routeMessages([onEvent(OrderCancelled, handle)])(toQueueMessage(received(bodyOf(event))));
    expect(handle).toHaveBeenCalledWith(event);
  });

  it('accepts an event with unknown fields, because the publisher may be newer', async () => {
    const handle = vi.fn(async () => undefined);
    const event = orderCancelled('1');
    const newer = { ...event, channel: 'web', data: { ...event.data, note: 'by phone' } };
    await routeMessages([onEvent(OrderCancelled, handle)])(toQueueMessage(received(bodyOf(newer))));
    expect(handle).toHaveBeenCalledWith(newer);
  });

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

  it.each(['order.cancelledd', 'Order.Cancelled', 'constructor', ''])(
    'rejects messages of the unknown type "%s"',
    async (type) => {
      const handle = vi.fn(async () => undefined);
      const route = routeMessages([onEvent(OrderCancelled, handle)]);
      const message = toQueueMessage(received(bodyOf(orderCancelled('1'), type)));
      await expect(route(message)).rejects.toThrow(InvalidMessageError);
      expect(handle).not.toHaveBeenCalled();
    },
  );

  it.each(NOT_EVENTS)('rejects a body that is not an event: %j', async (body, fault) => {
    const route = routeMessages([['', async () => undefined]]);
    await expect(route(toQueueMessage(received(body)))).rejects.toThrow(fault);
  });

  it('rejects an event from another source than its publisher', async () => {
    const handle = vi.fn(async () => undefined);
    const body = bodyOf(orderCancelled('1')).replace('triptych.payments', 'catalog');
    const route = routeMessages([onEvent(OrderCancelled, handle)]);
    await expect(route(toQueueMessage(received(body)))).rejects.toThrow('comes from "catalog"');
    expect(handle).not.toHaveBeenCalled();
  });

  it.each([
    [
      'data that violates its schema',
      { ...orderCancelled('1'), data: { orderId: 'x', reason: 'bored' } },
    ],
    ['no data', { ...orderCancelled('1'), data: undefined }],
    ['no id', { ...orderCancelled('1'), id: undefined }],
    ['a broken traceparent', { ...orderCancelled('1'), traceparent: 'x' }],
    [
      'an invalid version',
      { ...orderCancelled('1'), traceparent: traceparent.replace('00', 'ff') },
    ],
    [
      'an id of zeros',
      { ...orderCancelled('1'), traceparent: `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01` },
    ],
  ])('rejects an event with %s', async (_what, event) => {
    const handle = vi.fn(async () => undefined);
    const route = routeMessages([onEvent(OrderCancelled, handle)]);
    await expect(route(toQueueMessage(received(bodyOf(event))))).rejects.toThrow(
      'order.cancelled:',
    );
    expect(handle).not.toHaveBeenCalled();
  });
});

describe('processMessage', () => {
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
