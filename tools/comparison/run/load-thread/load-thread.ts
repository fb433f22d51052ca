import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LoadBlock, LoadOrder, LoadOutcome, LoadSample } from './messages.ts';

/** Beyond the last arrival and its time-out a block has nothing to wait for. */
const graceMs = 10_000;

/**
 * A load generator in a thread of its own: the local cloud, which shares this process, must neither delay what is sent nor the
 * clock that is read when an answer comes.
 */
export class LoadThread {
  readonly #worker = new Worker(new URL('./generator.ts', import.meta.url));
  readonly #ended: Promise<LoadOutcome>;

  constructor() {
    this.#ended = new Promise((resolve) => {
      const tell = (why: string) => resolve({ failure: `the load generator ended: ${why}` });
      this.#worker.once('error', (error: Error) => tell(error.message));
      this.#worker.once('exit', (code) => tell(`exit code ${code}`));
    });
  }

  /**
   * Sends one block to its end; one at a time.
   * @returns the samples in the order of their intended starts, with gaps where the signal ended it early
   * @throws Error when the thread has ended, or does not end the block in time
   */
  async send(block: LoadBlock, signal: AbortSignal): Promise<readonly (LoadSample | undefined)[]> {
    const lastMs = Math.max(0, ...block.arrivals.map(({ atMs }) => atMs));
    const limit = AbortSignal.timeout(Math.ceil(lastMs + block.timeoutMs + graceMs));
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
