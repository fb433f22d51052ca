import type { SpanRecord } from '@triptych/platform/telemetry';

/** A span takes about 1 KB. */
const MAX_SPANS = 50_000;

/** The newest spans in memory, by trace. Above the limit, the oldest trace is removed. */
export class SpanStore {
  readonly #maxSpans: number;
  /** Spans by span id, by trace id. */
  readonly #byTrace = new Map<string, Map<string, SpanRecord>>();
  #size = 0;

  constructor(maxSpans = MAX_SPANS) {
    this.#maxSpans = maxSpans;
  }

  /** Adds a span. Duplicates are ignored, because exporters may send a span twice. */
  add(span: SpanRecord): void {
    const spans = this.#byTrace.get(span.traceId) ?? new Map<string, SpanRecord>();
    if (spans.has(span.spanId)) return;
    this.#byTrace.set(span.traceId, spans.set(span.spanId, span));
    this.#size += 1;
    if (this.#size > this.#maxSpans) this.#dropOldest();
  }

  /** The stored spans of a trace, in order of their start. */
  spans(traceId: string): SpanRecord[] {
    const spans = this.#byTrace.get(traceId.toLowerCase())?.values() ?? [];
    return [...spans].sort((a, b) => a.startMs - b.startMs);
  }

  #dropOldest(): void {
    for (const [traceId, spans] of this.#byTrace) {
      // If there is only one trace, only its first span is removed.
      const [first = ''] = this.#byTrace.size === 1 ? spans.keys() : [];
      this.#size -= first ? 1 : spans.size;
      if (first) spans.delete(first);
      else this.#byTrace.delete(traceId);
      return;
    }
  }
}
