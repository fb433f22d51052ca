/** One finished span, as `LocalCloud.spans` gives it. */
export interface SpanRecord {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId?: string;
  /** Epoch milliseconds, with fractions. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly service: string;
  readonly variant: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly ok: boolean;
}
