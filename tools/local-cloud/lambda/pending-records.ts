import type { Kernel, StreamRecord } from '../kernel.ts';

/** Records of a stream that a function has yet to be given, in order; they outlive the local cloud. */
export class PendingRecords {
  readonly #saved: Kernel['saved'];
  readonly #area: string;
  readonly #records: StreamRecord[];

  /** `mapping` tells one event source mapping from the others, the same in every run. */
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

  /** The oldest ones; they stay in the folder until they are {@link done}. */
  take(count: number): StreamRecord[] {
    return this.#records.splice(0, count);
  }

  done(records: readonly StreamRecord[]): void {
    this.#saved.write(records.map((one) => ({ area: this.#area, key: sequenceNumber(one) })));
  }
}

/** Where in its stream a record is. */
export function sequenceNumber({ dynamodb }: StreamRecord): string {
  return String(dynamodb.SequenceNumber);
}
