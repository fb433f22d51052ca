import { setTimeout as sleep } from 'node:timers/promises';
import { readStream, sendToQueue } from '../iam/index.ts';
import type { Kernel, StartingPosition, StreamRecord } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';
import { failedIds } from './batch-failures.ts';
import type { EventFilter } from './event-filter.ts';
import { PendingRecords, sequenceNumber } from './pending-records.ts';
import { discardedBatch } from './stream-destination.ts';

export interface StreamMapping {
  /** Identifies the mapping. The same in every run. */
  readonly id: string;
  readonly streamArn: string;
  readonly startingPosition: StartingPosition;
  readonly functionName: string;
  readonly functionArn: string;
  /** The function's role. The mapping reads the stream with it. */
  readonly session: Actor;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** -1 means no limit. */
  readonly maxRetries: number;
  /** Infinity means no limit. */
  readonly maxAgeMs: number;
  readonly onFailureArn: string | undefined;
  readonly filter: EventFilter;
  readonly log: (text: string) => void;
}

/** First and longest pause between retries. AWS waits up to a minute. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 10_000;

function ageMs({ dynamodb }: StreamRecord): number {
  return Date.now() - Number(dynamodb.ApproximateCreationDateTime ?? Date.now() / 1000) * 1000;
}

/**
 * Delivers the changes of a table to a function, in order. A failed batch is retried, and blocks
 * later records, until it succeeds or reaches a limit of the mapping.
 */
export class StreamReader {
  readonly #mapping: StreamMapping;
  readonly #kernel: Kernel;
  readonly #stopping = new AbortController();
  readonly #records: PendingRecords;
  #wake: () => void = () => {};
  #loop: Promise<void> | undefined;

  /** Collects records from the starting position on. `start` starts their delivery. */
  constructor(mapping: StreamMapping, kernel: Kernel) {
    this.#mapping = mapping;
    this.#kernel = kernel;
    this.#records = new PendingRecords(kernel.saved, mapping.id);
    const collect = (record: StreamRecord) => {
      if (!mapping.filter(record)) return;
      this.#records.add(record);
      this.#wake();
    };
    kernel.services.dynamodb.subscribe(mapping.streamArn, collect, mapping.startingPosition);
  }

  start(): void {
    this.#loop ??= this.#read().catch((error: Error) => {
      if (!this.#stopping.signal.aborted) this.#mapping.log(`stream reader ended: ${error.stack}`);
    });
  }

  async #read(): Promise<void> {
    const { batchSize, windowMs } = this.#mapping;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (this.#records.size === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      if (this.#records.size < batchSize && windowMs > 0) {
        await sleep(windowMs, undefined, { signal });
      }
      const batch = this.#records.take(batchSize);
      await this.#deliver(batch);
      this.#records.done(batch);
    }
  }

  async #deliver(batch: readonly StreamRecord[]): Promise<void> {
    let pending = batch;
    let attempts = 0;
    for (;;) {
      const failedFrom = await this.#invoke(pending);
      if (failedFrom === undefined) return;
      if (failedFrom > 0) {
        pending = pending.slice(failedFrom);
        attempts = 0;
      } else if (this.#mapping.bisects && pending.length > 1) {
        const middle = Math.ceil(pending.length / 2);
        await this.#deliver(pending.slice(0, middle));
        pending = pending.slice(middle);
        attempts = 0;
        continue;
      }
      attempts += 1;
      const { maxRetries, maxAgeMs } = this.#mapping;
      const first = pending[0];
      const exhausted = maxRetries >= 0 && attempts > maxRetries;
      const tooOld = first !== undefined && ageMs(first) > maxAgeMs;
      if (exhausted || tooOld) {
        const condition = exhausted ? 'RetryAttemptsExhausted' : 'RecordAgeExceeded';
        return this.#discard(pending, condition, attempts);
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), MAX_PAUSE_MS);
      const jitteredMs = pauseMs * (0.5 + this.#kernel.random() / 2);
      await sleep(jitteredMs, undefined, { signal: this.#stopping.signal });
    }
  }

  /** Returns the index of the first record to retry, or undefined when all succeeded. */
  async #invoke(records: readonly StreamRecord[]): Promise<number | undefined> {
    const { functionName, reportsItemFailures, log, session, streamArn } = this.#mapping;
    const payload = Buffer.from(JSON.stringify({ Records: records }));
    try {
      session.require(readStream(streamArn));
      const invocation = await this.#kernel.services.lambda.invoke(functionName, payload);
      const ids = records.map(sequenceNumber);
      const failed = failedIds(invocation, ids, reportsItemFailures);
      if (failed === 'all') {
        log(`batch of ${records.length} stream records failed: ${invocation.payload}`);
        return 0;
      }
      return failed.size === 0 ? undefined : ids.findIndex((id) => failed.has(id));
    } catch (error) {
      if (this.#stopping.signal.aborted) throw error;
      log(`stream mapping: ${error}`);
      return 0;
    }
  }

  #discard(records: readonly StreamRecord[], condition: string, attempts: number): void {
    const { onFailureArn, log, functionArn, streamArn, session } = this.#mapping;
    log(`${records.length} stream records discarded after ${attempts} attempts: ${condition}`);
    if (!onFailureArn) return;
    const body = discardedBatch({ records, condition, attempts, functionArn, streamArn });
    try {
      session.require(sendToQueue(onFailureArn));
      this.#kernel.services.sqs.send(onFailureArn, body);
    } catch (error) {
      log(`on-failure destination: ${error}`);
    }
  }

  /**
   * Stops delivering and waits up to `graceMs` for the current batch. New records are still saved,
   * because requests that end during the stop change tables. The next run delivers these changes.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([this.#loop, grace]);
  }
}
