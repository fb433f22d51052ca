import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '@triptych/local-cloud';
import { formatLogLine } from '../logs/log-entry.ts';
import { RotatingFile } from '../logs/rotating-file.ts';
import { parseSpan, type Span } from '../order/span.ts';

const keptSpans = 20_000;
const keptTail = 200;
/** Per stack, so that a shop that runs for days does not fill the disk. */
const keptBytes = 32 * 1024 * 1024;
/** What the local cloud itself writes when a task or a sandbox ends by itself. */
const crash = /^task ended \(|^RequestId: \S+ Error: Runtime exited/;

/** What all processes of a run wrote: one file per stack, the newest spans in memory. */
export class LogBook {
  readonly #folder: string | undefined;
  readonly #files = new Map<string, RotatingFile>();
  readonly #tails = new Map<string, string[]>();
  #spans: Span[] = [];

  readonly #onCrash: ((line: LogLine) => void) | undefined;

  /**
   * @param folder where files go; without one nothing is written to disk
   * @param onCrash told when a container or function sandbox ended that should not have
   */
  constructor(folder?: string, onCrash?: (line: LogLine) => void) {
    this.#folder = folder;
    this.#onCrash = onCrash;
    if (folder) mkdirSync(folder, { recursive: true });
  }

  add(line: LogLine): void {
    this.#file(line.stack)?.write(formatLogLine(line));
    const tail = this.#tails.get(line.stack) ?? [];
    tail.push(`${line.source} ${line.text}`);
    this.#tails.set(line.stack, tail.slice(-keptTail));
    if (crash.test(line.text)) this.#onCrash?.(line);
    const span = parseSpan(line);
    if (!span) return;
    this.#spans.push(span);
    if (this.#spans.length > keptSpans) this.#spans = this.#spans.slice(keptSpans / 2);
  }

  /** Finished spans of one trace, by start. */
  spans(traceId: string): Span[] {
    return this.#spans
      .filter((span) => span.traceId === traceId)
      .sort((a, b) => a.startMs - b.startMs);
  }

  /** Ids of the traces in which some span names this order. */
  tracesOf(orderId: string): string[] {
    const found = this.#spans.filter((span) => span.orderId === orderId);
    return [...new Set(found.map(({ traceId }) => traceId))];
  }

  /** The last lines of a stack, to show when something failed. */
  tail(stack: string): readonly string[] {
    return this.#tails.get(stack) ?? [];
  }

  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.close()));
  }

  #file(stack: string): RotatingFile | undefined {
    if (!this.#folder) return undefined;
    const open = this.#files.get(stack);
    if (open) return open;
    const file = new RotatingFile(join(this.#folder, `${stack}.log`), keptBytes);
    this.#files.set(stack, file);
    return file;
  }
}
