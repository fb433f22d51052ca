import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { captureLog, spansIn } from '../testing/captured-log.ts';
import { orderCancelled } from '../testing/shop-events.ts';
import { eventBridgePublisher } from './index.ts';

/** A client whose bus rejects the events with the ids in `rejected`. */
function client(rejected: readonly string[] = []) {
  const calls: PutEventsCommand['input'][] = [];
  const send = async ({ input }: PutEventsCommand) => {
    calls.push(input);
    const entries = (input.Entries ?? []).map((entry) => {
      const { id } = JSON.parse(entry.Detail ?? '{}') as { id: string };
      return rejected.includes(id) ? { ErrorCode: 'InternalFailure' } : { EventId: `bus-${id}` };
    });
    return { Entries: entries, FailedEntryCount: entries.filter((e) => 'ErrorCode' in e).length };
  };
  return { calls, client: { send } as unknown as EventBridgeClient };
}

describe('eventBridgePublisher', () => {
  it('maps type and source to the envelope, and all other fields to the detail', async () => {
    const { calls, client: fake } = client();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await eventBridgePublisher(fake, 'shop').publish([{ ...orderCancelled('1'), traceparent }]);
    const entry = calls[0]?.Entries?.[0];
    expect(entry).toMatchObject({
      EventBusName: 'shop',
      DetailType: 'order.cancelled',
      Source: 'triptych.payments',
      Time: new Date('2026-11-01T10:00:00.000Z'),
    });
    expect(JSON.parse(entry?.Detail ?? '')).toEqual({
      id: '1',
      occurredAt: '2026-11-01T10:00:00.000Z',
      traceparent: expect.stringContaining('-0af7651916cd43dd8448eb211c80319c-'),
      data: { orderId: 'order-1', reason: 'declined' },
    });
  });

  it('makes each event a span in its causing trace, and publishes that span as the parent', async () => {
    const lines = captureLog('info');
    const { calls, client: fake } = client(['2']);
    const events = ['1', '2'].map((id, index) => ({
      ...orderCancelled(id),
      traceparent: `00-0af7651916cd43dd8448eb211c80319${index}-b7ad6b7169203331-01`,
    }));
    await eventBridgePublisher(fake, 'shop').publish(events, 'loop');
    const spans = spansIn(lines);
    expect(spans).toEqual(
      ['1', '2'].map((id, index) =>
        expect.objectContaining({
          name: 'publish order.cancelled',
          transport: 'loop',
          eventId: id,
          orderId: `order-${id}`,
          traceId: `0af7651916cd43dd8448eb211c80319${index}`,
          parentId: 'b7ad6b7169203331',
          ok: id === '1',
          ...(id === '1' ? {} : { error: 'InternalFailure' }),
        }),
      ),
    );
    const sent = (calls[0]?.Entries ?? []).map(({ Detail = '' }) => JSON.parse(Detail).traceparent);
    expect(sent).toEqual(spans.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`));
  });

  it('marks the spans as failed when the bus cannot be reached', async () => {
    const lines = captureLog('info');
    const unreachable = {
      send: () => Promise.reject(Object.assign(new Error('unreachable'), { code: 'ECONNREFUSED' })),
    } as unknown as EventBridgeClient;
    const sent = eventBridgePublisher(unreachable, 'shop').publish([orderCancelled('1')]);
    await expect(sent).rejects.toThrow('unreachable');
    expect(spansIn(lines)).toMatchObject([
      { ok: false, transport: 'direct', error: 'ECONNREFUSED' },
    ]);
  });

  it('sends at most ten events per call', async () => {
    const { calls, client: fake } = client();
    const events = Array.from({ length: 23 }, (_, index) => orderCancelled(String(index)));
    expect(await eventBridgePublisher(fake, 'shop').publish(events)).toEqual({ failedIds: [] });
    expect(calls.map((call) => call.Entries?.length)).toEqual([10, 10, 3]);
  });

  it('returns the ids that the bus rejected in a response with status 200', async () => {
    const { client: fake } = client(['2', '12']);
    const events = Array.from({ length: 15 }, (_, index) => orderCancelled(String(index)));
    const result = await eventBridgePublisher(fake, 'shop').publish(events);
    expect(result).toEqual({ failedIds: ['2', '12'] });
  });
});
