import { describe, expect, it } from 'vitest';
import { driveRecord, type Step } from './drive-record.ts';

interface Counter {
  readonly value: number;
}
type Increment = { readonly from: Counter; readonly to: Counter };

/** A stored counter. The first `losses` commits find that another writer has added ten. */
function storedCounter(losses = 0) {
  const stored = { counter: { value: 0 } as Counter | undefined, reads: 0, lost: 0 };
  const record = {
    name: 'Counter c1',
    async find() {
      stored.reads += 1;
      return stored.counter;
    },
    async commit({ from, to }: Increment) {
      if (stored.lost < losses) {
        stored.lost += 1;
        stored.counter = { value: from.value + 10 };
        return false;
      }
      stored.counter = to;
      return true;
    },
  };
  return { stored, record };
}

/** Increments a counter until it is at least `target`. */
const countTo =
  (target: number): Step<Counter, Increment> =>
  async (from) =>
    from.value >= target ? 'settled' : { from, to: { value: from.value + 1 } };

describe('driving a record', () => {
  it('takes as many steps as needed and reads once', async () => {
    const { stored, record } = storedCounter();
    expect(await driveRecord(record, countTo(3))).toBe('settled');
    expect(stored).toMatchObject({ counter: { value: 3 }, reads: 1 });
  });

  it('reads again and decides again after a lost race', async () => {
    const { stored, record } = storedCounter(1);
    expect(await driveRecord(record, countTo(12))).toBe('settled');
    expect(stored).toMatchObject({ counter: { value: 12 }, reads: 2 });
  });

  it('stops when a step is undecided', async () => {
    const { stored, record } = storedCounter();
    expect(await driveRecord(record, async () => 'undecided')).toBe('undecided');
    expect(stored.counter).toEqual({ value: 0 });
  });

  it('fails as busy when it loses every race', async () => {
    const { record } = storedCounter(Number.POSITIVE_INFINITY);
    const driving = driveRecord(record, countTo(1_000));
    await expect(driving).rejects.toMatchObject({ kind: 'conflict', code: 'order-busy' });
  });

  it('fails as not found when the record does not exist', async () => {
    const { stored, record } = storedCounter();
    stored.counter = undefined;
    const driving = driveRecord(record, countTo(1));
    await expect(driving).rejects.toMatchObject({ kind: 'not-found', code: 'not-found' });
  });
});
