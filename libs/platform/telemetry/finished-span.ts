/** Attributes by name. OTLP distinguishes strings, numbers and booleans. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A finished span, as it is logged and exported. */
export interface FinishedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for the root of a trace. */
  readonly parentId?: string | undefined;
  /** Milliseconds since the Unix epoch, with a fraction. */
  readonly startMs: number;
  readonly durationMs: number;
  /** False when the work ended in an error. */
  readonly ok: boolean;
  readonly attributes: SpanAttributes;
}

/** A finished span together with the process that ran it, as a collector receives it. */
export interface SpanRecord extends FinishedSpan {
  readonly service: string;
  readonly variant: string;
}

/** Exports finished spans from the process. It never throws and never delays the work. */
export interface SpanExporter {
  add(span: FinishedSpan): void;
  /** Sends the waiting spans. Resolves within a bounded time, even when the collector is unreachable. */
  flush(): Promise<void>;
}
