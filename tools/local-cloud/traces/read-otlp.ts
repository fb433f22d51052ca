import type { SpanRecord } from '@triptych/platform/telemetry';

type Value = string | number | boolean;

/**
 * 64-bit numbers may be text: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
interface OtlpAttribute {
  readonly key?: unknown;
  readonly value?: Readonly<Record<string, unknown>>;
}
interface OtlpSpan {
  readonly traceId?: unknown;
  readonly spanId?: unknown;
  readonly parentSpanId?: unknown;
  readonly name?: unknown;
  readonly startTimeUnixNano?: unknown;
  readonly endTimeUnixNano?: unknown;
  readonly attributes?: readonly OtlpAttribute[];
  readonly status?: { readonly code?: unknown };
}
interface OtlpTraces {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly OtlpAttribute[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[];
  }[];
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;
const STATUS_ERROR = 2;
const NANOS_PER_MS = 1_000_000;
/** Limits for the memory of one span. */
const MAX_ATTRIBUTES = 32;
const MAX_TEXT_CHARS = 512;

/**
 * Reads the spans of an ExportTraceServiceRequest in JSON, and counts the invalid ones. The
 * attribute `variant` of the resource or the span becomes the variant.
 * @throws TypeError or SyntaxError when the text is not such a request
 */
export function readOtlp(json: string): { spans: SpanRecord[]; rejected: number } {
  const request = JSON.parse(json) as OtlpTraces;
  const spans: SpanRecord[] = [];
  let rejected = 0;
  for (const { resource, scopeSpans = [] } of request.resourceSpans ?? []) {
    const about = attributesOf(resource?.attributes);
    for (const span of scopeSpans.flatMap((scope) => scope.spans ?? [])) {
      const record = recordOf(span, about);
      if (record) spans.push(record);
      else rejected += 1;
    }
  }
  return { spans, rejected };
}

function recordOf(span: OtlpSpan, about: Record<string, Value>): SpanRecord | undefined {
  const [traceId, spanId, parentId] = [span.traceId, span.spanId, span.parentSpanId].map((id) =>
    String(id ?? '').toLowerCase(),
  ) as [string, string, string];
  const startMs = millis(span.startTimeUnixNano);
  const endMs = millis(span.endTimeUnixNano);
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId) || typeof span.name !== 'string') return;
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) return;
  const { variant = about.variant ?? '', ...attributes } = attributesOf(span.attributes);
  return {
    name: span.name.slice(0, MAX_TEXT_CHARS),
    traceId,
    spanId,
    parentId: SPAN_ID.test(parentId) ? parentId : undefined,
    startMs,
    durationMs: Math.max(0, endMs - startMs),
    service: String(about['service.name'] ?? ''),
    variant: String(variant),
    attributes,
    ok: Number(span.status?.code ?? 0) !== STATUS_ERROR,
  };
}

function attributesOf(attributes: readonly OtlpAttribute[] = []): Record<string, Value> {
  const known = attributes.slice(0, MAX_ATTRIBUTES).flatMap(({ key, value }) => {
    const read = scalarOf(value ?? {});
    return typeof key === 'string' && read !== undefined ? [[key, read] as const] : [];
  });
  return Object.fromEntries(known);
}

function scalarOf(value: Readonly<Record<string, unknown>>): Value | undefined {
  if (value.stringValue !== undefined) return String(value.stringValue).slice(0, MAX_TEXT_CHARS);
  if (value.boolValue !== undefined) return value.boolValue === true;
  const number = value.intValue ?? value.doubleValue;
  return number === undefined ? undefined : Number(number);
}

function millis(nanos: unknown): number {
  return typeof nanos === 'string' || typeof nanos === 'number'
    ? Number(nanos) / NANOS_PER_MS
    : Number.NaN;
}
