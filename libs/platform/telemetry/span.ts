import { errorCode } from './error-code.ts';
import type { FinishedSpan, SpanAttributes } from './finished-span.ts';
import { processTelemetry } from './process-telemetry.ts';
import { currentTrace, type TraceContext, withTrace } from './trace-context.ts';
import { newSpanId, newTraceId, type TracePosition } from './traceparent.ts';

/** A running span. Code inside it runs in its `context`. */
export interface OpenSpan {
  readonly context: TraceContext;
  readonly parentId: string | undefined;
  readonly startMs: number;
}

const MAX_CLOCK_DRIFT_MS = 2;
let processIsCold = true;
let epochOffsetMs = performance.timeOrigin;

/**
 * Milliseconds since the Unix epoch, with a fraction. The monotonic clock stops while a function's sandbox is frozen,
 * so its offset is recomputed when it differs from the wall clock by more than 2 ms.
 */
function nowMs(): number {
  const monotonicMs = performance.now();
  const wallMs = Date.now();
  if (Math.abs(epochOffsetMs + monotonicMs - wallMs) > MAX_CLOCK_DRIFT_MS)
    epochOffsetMs = wallMs - monotonicMs;
  return epochOffsetMs + monotonicMs;
}

/** Begins a span as a child of `parent`. Without a parent it is the root of a new trace. */
export function beginSpan(parent: TracePosition | TraceContext | undefined): OpenSpan {
  const local = parent !== undefined && 'cold' in parent && !parent.remote;
  const cold = local ? parent.cold : processIsCold;
  processIsCold = false;
  const traceId = parent?.traceId ?? newTraceId();
  return {
    context: { traceId, spanId: newSpanId(), cold, added: {} },
    parentId: parent?.spanId,
    startMs: nowMs(),
  };
}

/** Adds attributes to the current span. Does nothing outside a span. */
export function addSpanAttributes(attributes: SpanAttributes): void {
  Object.assign(currentTrace()?.added ?? {}, attributes);
}

/** Ends the span: logs it as one line with `msg: "span"` at level info, and passes it to the exporter, if any. */
export function endSpan(
  span: OpenSpan,
  name: string,
  ok: boolean,
  attributes: SpanAttributes,
): void {
  const { logger, exporter } = processTelemetry();
  const logs = logger.isLevelEnabled('info');
  if (!logs && !exporter) return;
  const { traceId, spanId, cold, added } = span.context;
  const finished: FinishedSpan = {
    name,
    traceId,
    spanId,
    parentId: span.parentId,
    startMs: span.startMs,
    durationMs: Math.max(0, nowMs() - span.startMs),
    ok,
    attributes: { ...attributes, ...added, pid: process.pid, cold },
  };
  exporter?.add(finished);
  if (!logs) return;
  const { attributes: all, ...rest } = finished;
  logger.info({ ...all, ...rest }, 'span');
}

/**
 * Runs `work` as a span of the current trace, or of a new one, and logs one line at its end. A failed span has the
 * error's code in the attribute `error`.
 * @throws the error that `work` throws
 */
export async function span<T>(
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<T>,
): Promise<T> {
  const open = beginSpan(currentTrace());
  try {
    const result = await withTrace(open.context, work);
    endSpan(open, name, true, attributes);
    return result;
  } catch (error) {
    endSpan(open, name, false, { ...attributes, error: errorCode(error) });
    throw error;
  }
}
