import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Kernel, StartingPosition, StreamListener, StreamRecord } from '../kernel.ts';
import { itemBytes } from './item-size.ts';
import type { Change, MemoryStore } from './memory-store.ts';
import { StreamLog } from './stream-log.ts';
import type { Item, Table } from './table-types.ts';

/** AWS marks removals by TTL with this identity, so that consumers can tell them from deletes. */
const TIME_TO_LIVE_IDENTITY = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

/** Converts changes to stream records and delivers them to subscribers in commit order. */
export class Streams {
  readonly #store: MemoryStore;
  readonly #kernel: Kernel;
  readonly #listeners = new Map<string, Set<StreamListener>>();
  readonly #logs = new Map<string, StreamLog>();
  // Starts at the current time: undelivered records of an earlier run must have lower numbers.
  #sequence = BigInt(Date.now()) * 1_000_000n;

  constructor(store: MemoryStore, kernel: Kernel) {
    this.#store = store;
    this.#kernel = kernel;
  }

  /**
   * Calls `listener` with every later record. The call happens during the write, so the listener
   * must only store the record.
   * @param from `TRIM_HORIZON` first calls the listener with all readable records
   * @returns the function that unsubscribes
   */
  subscribe(
    streamArn: string,
    listener: StreamListener,
    from: StartingPosition = 'LATEST',
  ): () => void {
    if (from === 'TRIM_HORIZON') {
      for (const record of this.log(streamArn).all()) this.#call(listener, record);
    }
    const listeners = this.#listeners.get(streamArn) ?? new Set();
    this.#listeners.set(streamArn, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  /** The recent records of a stream, for its read operations. */
  log(streamArn: string): StreamLog {
    const log = this.#logs.get(streamArn) ?? new StreamLog();
    this.#logs.set(streamArn, log);
    return log;
  }

  /** Emits the changes of one commit. As on AWS, a write without a change has no record. */
  emit(changes: readonly Change[], byTimeToLive = false): void {
    for (const change of changes) {
      const table = this.#store.table(change.tableName);
      if (!table?.LatestStreamArn || isDeepStrictEqual(change.before, change.after)) continue;
      const record = this.#record(table, table.LatestStreamArn, change, byTimeToLive);
      this.log(table.LatestStreamArn).add(record, Date.now());
      for (const listener of this.#listeners.get(table.LatestStreamArn) ?? []) {
        this.#call(listener, record);
      }
    }
  }

  #record(table: Table, arn: string, change: Change, byTimeToLive: boolean): StreamRecord {
    const { before, after } = change;
    const view = table.StreamSpecification?.StreamViewType ?? 'KEYS_ONLY';
    const keys = keysOf(after ?? before ?? {}, table);
    const newImage = after && /^NEW_/.test(view) ? { NewImage: after } : {};
    const oldImage = before && /OLD_IMAGE/.test(view) ? { OldImage: before } : {};
    this.#sequence += 1n;
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.#kernel.region,
      eventSourceARN: arn,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
        Keys: keys,
        ...newImage,
        ...oldImage,
        SequenceNumber: String(100_000_000_000_000_000_000n + this.#sequence),
        SizeBytes: itemBytes(keys) + itemBytes(after) + itemBytes(before),
        StreamViewType: view,
      },
      ...(byTimeToLive ? { userIdentity: TIME_TO_LIVE_IDENTITY } : {}),
    };
  }

  #call(listener: StreamListener, record: StreamRecord): void {
    try {
      listener(record);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const text = `A listener of ${record.eventSourceARN} failed: ${detail}`;
      this.#kernel.log({ at: Date.now(), stack: 'local-cloud', source: 'dynamodb', text });
    }
  }
}

/** The key attributes of an item. */
export function keysOf(item: Item, table: Table): Item {
  return Object.fromEntries(
    table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]),
  );
}
