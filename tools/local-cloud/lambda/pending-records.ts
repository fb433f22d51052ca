import type { Kernel, StreamRecord } from '../kernel.ts';

/** Unprocessed stream records of a mapping, in order. They survive a restart of the local cloud. */
export class PendingRecords {
  readonly #saved: Kernel['saved'];
  readonly #area: string;
  readonly #records: StreamRecord[];

  /** `mapping` identifies the event source mapping. It is the same in every run. */
  constructor(saved: Kernel['saved'], mapping: string) {
    this.#saved = saved;
    this.#area = `stream ${mapping}`;
    this.#records = saved.entries(this.#area).map(({ value }) => value as StreamRecord);
  }

  get size(): number {
    return this.#records.length;
  }

  add(record: StreamRecord): void {
    this.#saved.write([{ area: this.#area, key: sequenceNumber(record), value: record }]);
    this.#records.push(record);
  }

  /** Removes and returns the oldest records. They stay on disk until they are {@link done}. */
  take(count: number): StreamRecord[] {
    return this.#records.splice(0, count);
  }

  done(records: readonly StreamRecord[]): void {
    this.#saved.write(records.map((one) => ({ area: this.#area, key: sequenceNumber(one) })));
  }
}

/** Returns the position of a record in its stream. */
export function sequenceNumber({ dynamodb }: StreamRecord): string {
  return String(dynamodb.SequenceNumber);
}
