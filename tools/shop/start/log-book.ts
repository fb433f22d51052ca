import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '@triptych/local-cloud';
import { formatLogLine } from '../logs/log-entry.ts';
import { RotatingFile } from '../logs/rotating-file.ts';
import { parseSpan, type Span } from '../order/span.ts';

const MAX_SPANS = 20_000;
const MAX_TAIL_LINES = 200;
/** Per stack, so that a shop that runs for days does not fill the disk. */
const MAX_BYTES = 32 * 1024 * 1024;
/** The local cloud's log line for a task or a sandbox that ended unexpectedly. */
const CRASH_LINE = /^task ended \(|^RequestId: \S+ Error: Runtime exited/;

/** The log lines of all processes of a run: one file per stack, and the newest spans in memory. */
export class LogBook {
  readonly #folder: string | undefined;
  readonly #files = new Map<string, RotatingFile>();
  readonly #tails = new Map<string, string[]>();
  #spans: Span[] = [];

  readonly #onCrash: ((line: LogLine) => void) | undefined;

  /**
   * @param folder the folder for the files (default: nothing is written to disk)
   * @param onCrash called when a container or a function sandbox ends unexpectedly
   */
  constructor(folder?: string, onCrash?: (line: LogLine) => void) {
    this.#folder = folder;
    this.#onCrash = onCrash;
    if (folder) mkdirSync(folder, { recursive: true });
  }

  /** Records a line, and a span when the line is one. */
  add(line: LogLine): void {
    this.#file(line.stack)?.write(formatLogLine(line));
    const tail = this.#tails.get(line.stack) ?? [];
    tail.push(`${line.source} ${line.text}`);
    this.#tails.set(line.stack, tail.slice(-MAX_TAIL_LINES));
    if (CRASH_LINE.test(line.text)) this.#onCrash?.(line);
    const span = parseSpan(line);
    if (!span) return;
    this.#spans.push(span);
    if (this.#spans.length > MAX_SPANS) this.#spans = this.#spans.slice(MAX_SPANS / 2);
  }

  /** The finished spans of one trace, ordered by start. */
  spans(traceId: string): Span[] {
    return this.#spans
      .filter((span) => span.traceId === traceId)
      .sort((a, b) => a.startMs - b.startMs);
  }

  /** The ids of the traces that contain a span of this order. */
  tracesOf(orderId: string): string[] {
    const found = this.#spans.filter((span) => span.orderId === orderId);
    return [...new Set(found.map(({ traceId }) => traceId))];
  }

  /** The last 200 lines of a stack. */
  tail(stack: string): readonly string[] {
    return this.#tails.get(stack) ?? [];
  }

  /** Resolves when all files are written. */
  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.close()));
  }

  #file(stack: string): RotatingFile | undefined {
    if (!this.#folder) return undefined;
    const open = this.#files.get(stack);
    if (open) return open;
    const file = new RotatingFile(join(this.#folder, `${stack}.log`), MAX_BYTES);
    this.#files.set(stack, file);
    return file;
  }
}
