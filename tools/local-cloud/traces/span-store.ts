import type { SpanRecord } from '@triptych/platform/telemetry';

/** About 1 KB each. */
const MAX_SPANS = 50_000;

/** The newest spans in memory, by trace; when there are too many, the trace heard of first goes. */
export class SpanStore {
  readonly #maxSpans: number;
  /** Span id to span, by trace. */
  readonly #byTrace = new Map<string, Map<string, SpanRecord>>();
  #size = 0;

  constructor(maxSpans = MAX_SPANS) {
    this.#maxSpans = maxSpans;
  }

  /** Adds a span; one that is known already (an exporter may send twice) changes nothing. */
  add(span: SpanRecord): void {
    const spans = this.#byTrace.get(span.traceId) ?? new Map<string, SpanRecord>();
    if (spans.has(span.spanId)) return;
    this.#byTrace.set(span.traceId, spans.set(span.spanId, span));
    this.#size += 1;
    if (this.#size > this.#maxSpans) this.#dropOldest();
  }

  /** Spans of a trace in order of their start; empty when there are none (any more). */
  spans(traceId: string): SpanRecord[] {
    const spans = this.#byTrace.get(traceId.toLowerCase())?.values() ?? [];
    return [...spans].sort((a, b) => a.startMs - b.startMs);
  }

  #dropOldest(): void {
    for (const [traceId, spans] of this.#byTrace) {
      // A trace that is all there is loses its first span instead.
      const [first = ''] = this.#byTrace.size === 1 ? spans.keys() : [];
      this.#size -= first ? 1 : spans.size;
      if (first) spans.delete(first);
      else this.#byTrace.delete(traceId);
      return;
    }
  }
}
