import type { FinishedSpan, SpanAttributes } from './finished-span.ts';

const STATUS_OK = 1;
const STATUS_ERROR = 2;
/** The instrumentation scope. */
const SCOPE = { name: '@triptych/platform' };

/**
 * An ExportTraceServiceRequest in OTLP's JSON encoding: ids are hex, 64-bit integers are strings.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function otlpRequest(
  spans: readonly FinishedSpan[],
  process: { service: string; variant: string },
): string {
  const resource = {
    attributes: attributesOf({ 'service.name': process.service, variant: process.variant }),
  };
  return JSON.stringify({
    resourceSpans: [{ resource, scopeSpans: [{ scope: SCOPE, spans: spans.map(toOtlp) }] }],
  });
}

function toOtlp(span: FinishedSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    startTimeUnixNano: nanoseconds(span.startMs),
    endTimeUnixNano: nanoseconds(span.startMs + span.durationMs),
    attributes: attributesOf(span.attributes),
    status: { code: span.ok ? STATUS_OK : STATUS_ERROR },
  };
}

function attributesOf(attributes: SpanAttributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));
}

function otlpValue(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** A double represents microseconds since the epoch exactly, but not nanoseconds. */
function nanoseconds(ms: number): string {
  return `${Math.round(ms * 1_000)}000`;
}
