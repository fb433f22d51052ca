import type { StreamRecord } from '../kernel.ts';

/** On AWS, records stay for 24 hours. Here, their number is limited as well. */
const MAX_AGE_MS = 24 * 3600 * 1000;
const MAX_RECORDS = 10_000;

interface Entry {
  readonly at: number;
  readonly sequence: bigint;
  readonly record: StreamRecord;
}

/** The recent records of one stream, for clients that read it. */
export class StreamLog {
  readonly #entries: Entry[] = [];
  /** The highest sequence number that is no longer readable. */
  #trimmed = 0n;
  #last = 0n;

  add(record: StreamRecord, nowMs: number): void {
    const sequence = BigInt(String(record.dynamodb.SequenceNumber));
    this.#last = sequence;
    this.#entries.push({ at: nowMs, sequence, record });
    const first = this.#entries.findIndex(({ at }) => at > nowMs - MAX_AGE_MS);
    const tooOld = first < 0 ? this.#entries.length : first;
    this.#drop(Math.max(tooOld, this.#entries.length - MAX_RECORDS));
  }

  /** The sequence number before the oldest readable record. */
  get trimmed(): bigint {
    return this.#trimmed;
  }

  /** The sequence number of the newest record, or 0. */
  get last(): bigint {
    return this.#last;
  }

  /** The sequence number of the oldest readable record. */
  get first(): bigint | undefined {
    return this.#entries[0]?.sequence;
  }

  /** Up to `limit` records after a sequence number, oldest first. */
  after(sequence: bigint, limit: number): { sequence: bigint; record: StreamRecord }[] {
    const start = this.#entries.findIndex((entry) => entry.sequence > sequence);
    return start < 0 ? [] : this.#entries.slice(start, start + limit);
  }

  /** All readable records, oldest first. */
  all(): StreamRecord[] {
    return this.#entries.map(({ record }) => record);
  }

  #drop(count: number): void {
    const dropped = this.#entries[count - 1];
    if (!dropped) return;
    this.#trimmed = dropped.sequence;
    this.#entries.splice(0, count);
  }
}
