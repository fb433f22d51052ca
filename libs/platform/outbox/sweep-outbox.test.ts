import { beforeEach, describe, expect, it } from 'vitest';
import { captureLog, type LogLine } from '../testing/captured-log.ts';
import { memoryBus, memoryOutbox, orderCancelled } from '../testing/shop-events.ts';
import { sweepOutbox } from './index.ts';

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => orderCancelled(String(index)));

let lines: LogLine[];
beforeEach(() => {
  lines = captureLog('warn');
});

describe('sweeping the outbox on a schedule', () => {
  it('publishes every entry that the stream left, and logs it', async () => {
    const outbox = memoryOutbox(events(250));
    const bus = memoryBus();
    expect(await sweepOutbox({ outbox, publisher: bus })).toEqual({ published: 250, rejected: 0 });
    expect(bus.published).toHaveLength(250);
    expect(outbox.entries.size).toBe(0);
    expect(lines).toEqual([expect.objectContaining({ msg: 'outbox swept', published: 250 })]);
  });

  it('leaves entries younger than a minute to the stream', async () => {
    const asked: number[] = [];
    const outbox = {
      ...memoryOutbox(),
      pending: async ({ olderThanMs }: { olderThanMs: number }) => {
        asked.push(olderThanMs);
        return [];
      },
    };
    expect(await sweepOutbox({ outbox, publisher: memoryBus() })).toEqual({
      published: 0,
      rejected: 0,
    });
    expect(asked).toEqual([60_000]);
    expect(lines).toEqual([]);
  });

  it('keeps the events that the bus rejects, and stops instead of retrying them in a loop', async () => {
    const outbox = memoryOutbox(events(120));
    const bus = memoryBus();
    bus.reject.add('3');
    expect(await sweepOutbox({ outbox, publisher: bus })).toEqual({ published: 99, rejected: 1 });
    expect(outbox.entries.has('3')).toBe(true);
  });

  it('fails when the bus is down, so that the invocation is retried', async () => {
    const bus = memoryBus();
    bus.down = true;
    const outbox = memoryOutbox(events(1));
    await expect(sweepOutbox({ outbox, publisher: bus })).rejects.toThrow('down');
    expect(outbox.entries.size).toBe(1);
  });
});
