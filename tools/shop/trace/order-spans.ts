import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import type { SpanRecord } from '@triptych/platform/telemetry';
import type { Span } from '../order/span.ts';
import type { Shop } from '../start/shop.ts';

/** The parts of a shop that keep spans. */
export interface SpanSources {
  readonly logs: Pick<Shop['logs'], 'spans' | 'tracesOf'>;
  readonly cloud: Pick<Shop['cloud'], 'spans'>;
}

/**
 * All spans of the traces that contain the order, ordered by start. Combines the spans received over OTLP with the ones
 * in log lines.
 * @param variant returns only the spans of this variant
 * @throws UserError when no span names the order
 */
export function orderSpans(shop: SpanSources, orderId: string, variant: string | null): Span[] {
  const wanted = variant ? parseVariant(variant) : undefined;
  const spans = new Map<string, Span>();
  for (const traceId of shop.logs.tracesOf(orderId)) {
    for (const record of shop.cloud.spans(traceId)) spans.set(record.spanId, fromRecord(record));
    // A log line has more fields (process, cold), so it replaces the OTLP span.
    for (const span of shop.logs.spans(traceId)) spans.set(span.spanId, span);
  }
  const found = [...spans.values()]
    .filter((span) => !wanted || span.variant === wanted)
    .sort((a, b) => a.startMs - b.startMs);
  if (found.length === 0) {
    const where = wanted ? ` in ${wanted}` : '';
    throw new UserError(
      `No spans of order "${orderId}"${where}: check the id (npm run buy prints one); only the newest of this run are kept.`,
    );
  }
  return found;
}

function fromRecord({ attributes, ...record }: SpanRecord): Span {
  const { pid, cold, orderId, transport, error, status, reason } = attributes;
  return {
    ...record,
    pid: Number(pid ?? 0),
    cold: cold === true,
    process: '',
    ...(typeof orderId === 'string' ? { orderId } : {}),
    ...(typeof transport === 'string' ? { transport } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}
