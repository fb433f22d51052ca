import { randomBytes } from 'node:crypto';
import { TRACEPARENT } from '@triptych/events';

/** A span's identity. Ids are lower-case hex: 32 digits for the trace, 16 for the span. */
export interface TracePosition {
  readonly traceId: string;
  readonly spanId: string;
}

const PATTERN = new RegExp(TRACEPARENT);

/** Parses a W3C traceparent (https://www.w3.org/TR/trace-context/). A malformed header counts as absent. */
export function parseTraceparent(header: string | undefined): TracePosition | undefined {
  const match = header === undefined ? null : PATTERN.exec(header);
  return match ? { traceId: match[1] as string, spanId: match[2] as string } : undefined;
}

/** Formats a W3C traceparent. Every span is logged, so the sampled flag is always set. */
export function formatTraceparent(position: TracePosition): string {
  return `00-${position.traceId}-${position.spanId}-01`;
}

/** Random bytes are generated in bulk: one call per id would cost more than the rest of a span. */
const POOL_BYTES = 4_096;
let pool = '';
let next = 0;

function hexDigits(count: number): string {
  if (next + count > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    next = 0;
  }
  next += count;
  return pool.slice(next - count, next);
}

export const newTraceId = (): string => hexDigits(32);
export const newSpanId = (): string => hexDigits(16);
