import type { SpanAttributes } from '../telemetry/finished-span.ts';

/** What an event's data may name that people look for in a trace. */
const SUBJECTS = ['orderId', 'refundId', 'productId', 'imageId'] as const;

/** The ids in an event's data by which its spans can be found. */
export function subjectOf(data: unknown): SpanAttributes {
  if (typeof data !== 'object' || data === null) return {};
  const fields = data as Record<string, unknown>;
  const found = SUBJECTS.flatMap((name) => {
    const id = fields[name];
    return typeof id === 'string' ? [[name, id] as const] : [];
  });
  return Object.fromEntries(found);
}
