import { pollQueue } from '../iam/index.ts';
import type { Kernel, ReceivedMessage } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';
import { failedIds } from './batch-failures.ts';
import type { EventFilter } from './event-filter.ts';
import { sqsRecord } from './sqs-record.ts';

export interface SqsMapping {
  readonly queueArn: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** The function's role. The mapping polls with it. */
  readonly session: Actor;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsItemFailures: boolean;
  readonly maxConcurrency: number;
  readonly filter: EventFilter;
  readonly log: (text: string) => void;
}

/** Most messages that one ReceiveMessage call of SQS returns. */
const MAX_RECEIVE = 10;
const LONG_POLL_MS = 20_000;
/** Longest pause before a failed batch is redelivered. */
const MAX_PAUSE_MS = 60_000;

async function collect(
  { queueArn, batchSize, windowMs, session }: SqsMapping,
  kernel: Kernel,
  signal: AbortSignal,
): Promise<ReceivedMessage[]> {
  const { sqs } = kernel.services;
  session.require(pollQueue(queueArn));
  const size = Math.min(batchSize, MAX_RECEIVE);
  const batch = await sqs.receive(queueArn, size, LONG_POLL_MS, signal);
  const deadline = Date.now() + windowMs;
  while (batch.length > 0 && batch.length < batchSize) {
    const waitMs = deadline - Date.now();
    if (waitMs <= 0 || signal.aborted) break;
    const missing = Math.min(batchSize - batch.length, MAX_RECEIVE);
    batch.push(...(await sqs.receive(queueArn, missing, waitMs, signal)));
  }
  return batch;
}

/** Polls a queue and invokes the function with batches of messages until it is stopped. */
export class SqsPoller {
  readonly #mapping: SqsMapping;
  readonly #kernel: Kernel;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #loop: Promise<void> | undefined;

  constructor(mapping: SqsMapping, kernel: Kernel) {
    this.#mapping = mapping;
    this.#kernel = kernel;
  }

  start(): void {
    this.#loop ??= this.#poll();
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      while (this.#running.size >= this.#mapping.maxConcurrency) await Promise.race(this.#running);
      try {
        const batch = await collect(this.#mapping, this.#kernel, signal);
        if (signal.aborted) this.#release(batch);
        else if (batch.length > 0) this.#process(batch);
      } catch (error) {
        if (signal.aborted) return;
        this.#mapping.log(`event source mapping: ${error}`);
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  #process(batch: readonly ReceivedMessage[]): void {
    const running = this.#deliver(batch).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #deliver(received: readonly ReceivedMessage[]): Promise<void> {
    const { queueArn, functionName, filter, reportsItemFailures, log } = this.#mapping;
    const { sqs, lambda } = this.#kernel.services;
    const remove = (messages: readonly ReceivedMessage[]): void => {
      for (const { receiptHandle } of messages) sqs.delete(queueArn, receiptHandle);
    };
    const records = received.map((message) => ({
      message,
      record: sqsRecord(message, queueArn, this.#kernel.region),
    }));
    // AWS also deletes messages that do not pass the filter.
    const wanted = records.filter(({ record }) => filter(record));
    remove(records.filter(({ record }) => !filter(record)).map(({ message }) => message));
    if (wanted.length === 0) return;
    const batch = wanted.map(({ message }) => message);
    const payload = JSON.stringify({ Records: wanted.map(({ record }) => record) });
    try {
      const invocation = await lambda.invoke(functionName, Buffer.from(payload));
      const ids = batch.map(({ messageId }) => messageId);
      const failed = failedIds(invocation, ids, reportsItemFailures);
      if (failed === 'all') return this.#retryLater(batch, `${invocation.payload}`);
      // Failed messages stay until their visibility timeout, which the function may have changed.
      remove(batch.filter(({ messageId }) => !failed.has(messageId)));
    } catch (error) {
      if (!this.#stopping.signal.aborted) log(`event source mapping: ${error}`);
      this.#retryLater(batch, String(error));
    }
  }

  /** Redelivers a batch that failed as a whole, with exponential backoff by its receive count. */
  #retryLater(batch: readonly ReceivedMessage[], reason: string): void {
    if (this.#stopping.signal.aborted) {
      this.#release(batch);
      return;
    }
    const counts = batch.map(({ attributes }) => Number(attributes.ApproximateReceiveCount ?? 1));
    const pauseMs = Math.min(1000 * 2 ** (Math.max(...counts) - 1), MAX_PAUSE_MS);
    this.#mapping.log(`batch of ${batch.length} failed, retry in ${pauseMs} ms: ${reason}`);
    const timer = setTimeout(() => {
      this.#pauses.delete(timer);
      this.#release(batch);
    }, pauseMs);
    this.#pauses.add(timer.unref());
  }

  #release(batch: readonly ReceivedMessage[]): void {
    const { sqs } = this.#kernel.services;
    for (const { receiptHandle } of batch) sqs.release(this.#mapping.queueArn, receiptHandle);
  }

  /** Stops receiving and waits up to `graceMs` for running batches. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#pauses) clearTimeout(timer);
    const finished = Promise.all([this.#loop, ...this.#running]);
    await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
  }
}
