import { OrderCancelled } from '@triptych/events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { orderCancelled } from '../testing/shop-events.ts';
import { InvalidMessageError, onEvent, routeMessages, toQueueMessage } from './index.ts';

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

beforeEach(() => {
  captureLog();
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
