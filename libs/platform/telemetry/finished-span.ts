export type SpanAttributes = Record<string, string | number | boolean>;

/** A piece of work that has ended, as it goes to the log and to a collector. */
export interface FinishedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  /** Milliseconds since 1970, with a fraction. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly ok: boolean;
  readonly attributes: SpanAttributes;
}

/** Takes finished spans out of the process. It never throws and never makes the work itself wait. */
export interface SpanExporter {
  add(span: FinishedSpan): void;
  /** Sends what is waiting; resolves within a bound, whether or not anybody took it. */
  flush(): Promise<void>;
}
