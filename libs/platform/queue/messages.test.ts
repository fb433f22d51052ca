import { OrderCancelled } from '@triptych/events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors/index.ts';
import { captureLog, type LogLine, spansIn } from '../testing/captured-log.ts';
import { orderCancelled } from '../testing/shop-events.ts';
import { onEvent, processMessage, routeMessages, toQueueMessage } from './index.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const bodyOf = (event: object, type = 'order.cancelled') => {
  const { type: _type, source: _source, ...detail } = event as Record<string, unknown>;
  return JSON.stringify({ 'detail-type': type, source: 'triptych.payments', detail });
};
const received = (body: string, receiveCount = 1) => ({
  id: 'm1',
  body,
  attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: '1700000000000' },
});

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

  it.each(['', 'not json', '[]', '{"a":1}', 'null'])(
    'passes any other body to the handler: %j',
    (body) => {
      expect(toQueueMessage(received(body))).toMatchObject({ type: '', body });
    },
  );
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

  it('drops messages of unknown type, with a log line at debug', async () => {
    const message = toQueueMessage(received(bodyOf(orderCancelled('1'), 'order.unheard-of')));
    expect(await routeMessages({})(message)).toBeUndefined();
    expect(lines).toEqual([expect.objectContaining({ level: 'debug', type: 'order.unheard-of' })]);
  });

  it.each([
    [
      'data that violates its schema',
      { ...orderCancelled('1'), data: { orderId: 'x', reason: 'bored' } },
    ],
    ['no data', { ...orderCancelled('1'), data: undefined }],
    ['no id', { ...orderCancelled('1'), id: undefined }],
    ['a broken traceparent', { ...orderCancelled('1'), traceparent: 'x' }],
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
