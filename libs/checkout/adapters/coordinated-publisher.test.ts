import type { DomainEvent } from '@triptych/events';
import { describe, expect, it } from 'vitest';
import type { CheckoutOrder, Outcome } from '../core/index.ts';
import { order } from '../testing/checkout-world.ts';
import { coordinatedPublisher } from './coordinated-publisher.ts';

const event = (type: string, data: object, more: object = {}) =>
  ({ id: type, type, source: 'triptych.payments', occurredAt: '', data, ...more }) as DomainEvent;

function world(options: { fails?: boolean; rejects?: string; token?: string } = {}) {
  const started: CheckoutOrder[] = [];
  const resumed: [string, Outcome][] = [];
  const published: string[] = [];
  const publisher = coordinatedPublisher(
    {
      async publish(events) {
        published.push(...events.map(({ type }) => type));
        return { failedIds: options.rejects === undefined ? [] : [options.rejects] };
      },
    },
    {
      coordinator: {
        async start(placed) {
          if (options.fails) throw new Error('away');
          started.push(placed);
        },
        resume: async (token, outcome) => void resumed.push([token, outcome]),
      },
      waits: { put: async () => {}, find: async () => options.token },
    },
  );
  return { publisher, started, resumed, published };
}

describe('the outbox of a coordinated shop', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('publishes a placed order and starts its checkout, in the trace of the request', async () => {
    const { publisher, started, published } = world();
    const placed = event('order.placed', order, { traceparent });
    expect(await publisher.publish([placed])).toEqual({ failedIds: [] });
    expect(published).toEqual(['order.placed']);
    expect(started).toEqual([{ ...order, traceparent }]);
  });

  it.each([
    ['order.confirmed', 'confirmed'],
    ['order.cancelled', 'cancelled'],
  ])('resumes the checkout that waits when %s is published', async (type, outcome) => {
    const { publisher, resumed } = world({ token: 't1' });
    await publisher.publish([event(type, { orderId: 'o1' })]);
    expect(resumed).toEqual([['t1', outcome]]);
  });

  it('resumes nothing when no checkout waits', async () => {
    const { publisher, resumed } = world();
    await publisher.publish([event('order.confirmed', { orderId: 'o1' })]);
    expect(resumed).toEqual([]);
  });

  it('keeps an event in the outbox until the coordinator has been told', async () => {
    const { publisher } = world({ fails: true });
    const events = [event('order.placed', order), event('refund.requested', { orderId: 'o1' })];
    expect(await publisher.publish(events)).toEqual({ failedIds: ['order.placed'] });
  });

  it('does not tell the coordinator of an event that the bus rejects', async () => {
    const { publisher, started } = world({ rejects: 'order.placed' });
    const result = await publisher.publish([event('order.placed', order)]);
    expect({ ...result, started }).toEqual({ failedIds: ['order.placed'], started: [] });
  });
});
