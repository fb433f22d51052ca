import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { PATIENT } from '../testing/patience.ts';
import { memoryBus, memoryOutbox, orderCancelled } from '../testing/shop-events.ts';
import { loopRelay, streamRelay } from './index.ts';

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => orderCancelled(String(index)));

beforeEach(() => {
  captureLog('error');
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('loopRelay', () => {
  const relayFor = (left: ReturnType<typeof events>) => {
    const outbox = memoryOutbox(left);
    const bus = memoryBus();
    return { outbox, bus, relay: loopRelay({ outbox, publisher: bus, intervalMs: 2_000 }) };
  };

  it('publishes right after the commit and empties the outbox', async () => {
    const fresh = events(3);
    const { outbox, bus, relay } = relayFor(fresh);
    relay.committed(fresh);
    await vi.waitUntil(() => outbox.entries.size === 0, PATIENT);
    expect(bus.published).toEqual(fresh);
  });

  it('does not throw when the bus is down, and keeps the unpublished events', async () => {
    const fresh = events(2);
    const { outbox, bus, relay } = relayFor(fresh);
    bus.down = true;
    expect(() => relay.committed(fresh)).not.toThrow();
    await vi.advanceTimersByTimeAsync(10);
    expect(outbox.entries.size).toBe(2);
  });

  it('sweeps the entries that a crash or an outage left behind', async () => {
    const left = events(25);
    const { outbox, bus, relay } = relayFor(left);
    relay.start();
    expect(bus.published).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(bus.published).toHaveLength(25);
    expect(outbox.entries.size).toBe(0);
    await relay.stop();
  });

  it('retries only the rejected events, on the next sweep', async () => {
    const { bus, relay } = relayFor(events(3));
    bus.reject.add('1');
    relay.start();
    await vi.advanceTimersByTimeAsync(3_000);
    bus.reject.clear();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(bus.published.map((event) => event.id)).toEqual(['0', '2', '1']);
    await relay.stop();
  });

  it('keeps sweeping after a failure to read the outbox', async () => {
    const { outbox, bus, relay } = relayFor(events(1));
    const pending = outbox.pending;
    outbox.pending = () => Promise.reject(new Error('no table'));
    relay.start();
    await vi.advanceTimersByTimeAsync(3_000);
    outbox.pending = pending;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(bus.published).toHaveLength(1);
    await relay.stop();
  });

  it('publishes at most four batches of ten at a time, and leaves the excess to the sweep', async () => {
    const flood = events(1_500);
    const outbox = memoryOutbox(flood);
    let running = 0;
    let most = 0;
    const sizes: number[] = [];
    const publisher = {
      async publish(batch: readonly unknown[]) {
        most = Math.max(most, ++running);
        sizes.push(batch.length);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        return { failedIds: [] };
      },
    };
    const relay = loopRelay({ outbox, publisher });
    relay.committed(flood.slice(0, 900));
    relay.committed(flood.slice(900));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(most).toBe(4);
    expect(Math.max(...sizes)).toBe(10);
    expect(outbox.entries.size).toBe(600);
  });

  it('finishes running batches when it stops, but waits at most three seconds', async () => {
    const fresh = events(12);
    const { outbox, relay } = relayFor(fresh);
    relay.committed(fresh);
    await relay.stop();
    expect(outbox.entries.size).toBe(0);

    const stuck = loopRelay({ outbox, publisher: { publish: () => new Promise(() => {}) } });
    stuck.committed(fresh);
    let stopped = false;
    void stuck.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stopped).toBe(true);
  });
});

describe('streamRelay', () => {
  const record = (sequence: string, event?: ReturnType<typeof orderCancelled>) => ({
    eventName: 'INSERT' as const,
    dynamodb: {
      SequenceNumber: sequence,
      NewImage: event ? { event: { S: JSON.stringify(event) } } : { pk: { S: 'ORDER#1' } },
    },
  });
  const streamOf = (...records: object[]) => ({ Records: records }) as DynamoDBStreamEvent;

  it('publishes the outbox entries in a batch and skips all other records', async () => {
    const [first, second] = events(2);
    const outbox = memoryOutbox(events(2));
    const bus = memoryBus();
    const result = await streamRelay({ outbox, publisher: bus }).handleStream(
      streamOf(record('1', first), record('2'), record('3', second)),
    );
    expect(result).toEqual({ batchItemFailures: [] });
    expect(bus.published).toEqual([first, second]);
    expect(outbox.entries.size).toBe(0);
  });

  it('returns the first rejected event, so that the stream retries from there', async () => {
    const bus = memoryBus();
    bus.reject.add('1').add('2');
    const [a, b, c] = events(3);
    const outbox = memoryOutbox(events(3));
    const result = await streamRelay({ outbox, publisher: bus }).handleStream(
      streamOf(record('10', a), record('11'), record('12', b), record('13', c)),
    );
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '12' }] });
    expect([...outbox.entries.keys()]).toEqual(['1', '2']);
  });

  it('fails the whole batch when the bus is down', async () => {
    const bus = memoryBus();
    bus.down = true;
    const outbox = memoryOutbox(events(1));
    const relay = streamRelay({ outbox, publisher: bus });
    await expect(relay.handleStream(streamOf(record('1', orderCancelled('0'))))).rejects.toThrow(
      'down',
    );
    expect(outbox.entries.size).toBe(1);
  });

  it('sweeps the entries that the stream left', async () => {
    const bus = memoryBus();
    const outbox = memoryOutbox(events(12));
    await streamRelay({ outbox, publisher: bus }).sweep();
    expect(bus.published).toHaveLength(12);
    expect(outbox.entries.size).toBe(0);
  });

  it('does nothing on commit, because functions cannot work after they respond', () => {
    const bus = memoryBus();
    streamRelay({ outbox: memoryOutbox(), publisher: bus }).committed(events(1));
    expect(bus.published).toEqual([]);
  });
});
