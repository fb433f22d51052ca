import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LoadBlock, LoadOrder, LoadOutcome, LoadSample } from './messages.ts';

/** A block fails if it does not end this long after the time-out of its last arrival. */
const GRACE_MS = 10_000;

/**
 * A load generator in its own thread, so that the local cloud, which shares this process, delays neither the requests nor
 * the timestamps of the answers.
 */
export class LoadThread {
  readonly #worker = new Worker(new URL('./generator.ts', import.meta.url));
  readonly #ended: Promise<LoadOutcome>;

  constructor() {
    this.#ended = new Promise((resolve) => {
      const fail = (why: string) => resolve({ failure: `the load generator ended: ${why}` });
      this.#worker.once('error', (error: Error) => fail(error.message));
      this.#worker.once('exit', (code) => fail(`exit code ${code}`));
    });
  }

  /**
   * Sends one block and waits for its end. Blocks must not overlap.
   * @returns samples in the order of their intended starts; `undefined` for arrivals after an abort
   * @throws Error if the thread has ended or the block does not end in time
   */
  async send(block: LoadBlock, signal: AbortSignal): Promise<readonly (LoadSample | undefined)[]> {
    const lastMs = Math.max(0, ...block.arrivals.map(({ atMs }) => atMs));
    const limit = AbortSignal.timeout(Math.ceil(lastMs + block.timeoutMs + GRACE_MS));
    const abort = () => this.#worker.postMessage('abort' satisfies LoadOrder);
    const over = new AbortController();
    try {
      const answered = once(this.#worker, 'message', {
        signal: AbortSignal.any([limit, over.signal]),
      });
      this.#worker.postMessage({ block } satisfies LoadOrder);
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      const outcome = await Promise.race([
        answered.then(([message]) => message as LoadOutcome),
        this.#ended,
      ]);
      if ('failure' in outcome) throw new Error(outcome.failure);
      return outcome.samples;
    } catch (error) {
      if (limit.aborted) throw new Error('the load generator did not end in time');
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
      over.abort();
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
