/** Lambda returns the last 4 KB of an invocation's log. */
const MAX_BYTES = 4096;

type Stream = 'stdout' | 'stderr';

/**
 * Collects the output of one invocation. The bootstrap writes a marker to both streams before it
 * answers, so that the collection is complete however late the output is read.
 */
export class InvocationLog {
  /** The text of the marker line. */
  readonly marker: string;
  /** Resolves when all output is collected. */
  readonly complete: Promise<void>;
  readonly #open = new Set<Stream>(['stdout', 'stderr']);
  #text = '';
  #finish: () => void = () => {};

  constructor(requestId: string) {
    this.marker = `\u0000end of ${requestId}`;
    this.complete = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Takes a line of output. Returns true for the marker, which is not part of the log. */
  take(stream: Stream, line: string): boolean {
    if (!this.#open.has(stream)) return false;
    if (line === this.marker) {
      this.#open.delete(stream);
      if (this.#open.size === 0) this.#finish();
      return true;
    }
    this.add(line);
    return false;
  }

  /** Adds a line. */
  add(line: string): void {
    this.#text = `${this.#text}${line}\n`.slice(-MAX_BYTES);
  }

  /** Ends the collection, because the process has ended. */
  end(): void {
    this.#open.clear();
    this.#finish();
  }

  /** The last 4 KB of the log. */
  tail(): Buffer {
    const bytes = Buffer.from(this.#text);
    return bytes.subarray(Math.max(0, bytes.length - MAX_BYTES));
  }
}
