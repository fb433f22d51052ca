import type { FinishedSpan, SpanAttributes } from './finished-span.ts';
import { processTelemetry } from './process-telemetry.ts';
import { currentTrace, type TraceContext, withTrace } from './trace-context.ts';
import { newSpanId, newTraceId, type TracePosition } from './traceparent.ts';

/** A span that has begun; its context is what runs inside it. */
export interface OpenSpan {
  readonly context: TraceContext;
  readonly parentId: string | undefined;
  readonly startMs: number;
}

let processIsCold = true;
let epochOffsetMs = performance.timeOrigin;

/**
 * Milliseconds since 1970 with a fraction. The monotonic clock stands still while a function's sandbox is frozen, so its
 * offset is taken anew whenever the two clocks have drifted apart.
 */
function nowMs(): number {
  const monotonicMs = performance.now();
  const wallMs = Date.now();
  if (Math.abs(epochOffsetMs + monotonicMs - wallMs) > 2) epochOffsetMs = wallMs - monotonicMs;
  return epochOffsetMs + monotonicMs;
}

/** Begins a span below `parent`; without one it is the root of a new trace. */
export function beginSpan(parent: TracePosition | TraceContext | undefined): OpenSpan {
  const local = parent !== undefined && 'cold' in parent && !parent.remote;
  const cold = local ? parent.cold : processIsCold;
  processIsCold = false;
  const traceId = parent?.traceId ?? newTraceId();
  return {
    context: { traceId, spanId: newSpanId(), cold, noted: {} },
    parentId: parent?.spanId,
    startMs: nowMs(),
  };
}

/** Adds to the span that the running code is in what only became known on the way; outside any span it does nothing. */
export function addSpanAttributes(attributes: SpanAttributes): void {
  Object.assign(currentTrace()?.noted ?? {}, attributes);
}

/** Ends the span: its one log line, `msg: "span"`, at level info, and the exporter when there is one. */
export function endSpan(
  span: OpenSpan,
  name: string,
  ok: boolean,
  attributes: SpanAttributes,
): void {
  const { logger, exporter } = processTelemetry();
  const logs = logger.isLevelEnabled('info');
  if (!logs && !exporter) return;
  const { traceId, spanId, cold, noted } = span.context;
  const finished: FinishedSpan = {
    name,
    traceId,
    spanId,
    parentId: span.parentId,
    startMs: span.startMs,
    durationMs: Math.max(0, nowMs() - span.startMs),
    ok,
    attributes: { ...attributes, ...noted, pid: process.pid, cold },
  };
  exporter?.add(finished);
  if (!logs) return;
  const { attributes: all, ...rest } = finished;
  logger.info({ ...all, ...rest }, 'span');
}

/**
 * Runs `work` as a span of the current trace (or of a new one) and logs one line at its end. Errors pass through.
 */
export async function span<T>(
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<T>,
): Promise<T> {
  const open = beginSpan(currentTrace());
  let ok = false;
  try {
    const result = await withTrace(open.context, work);
    ok = true;
    return result;
  } finally {
    endSpan(open, name, ok, attributes);
  }
}
