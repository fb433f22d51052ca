import type { SpanAttributes } from './finished-span.ts';

/** The ids that people search traces for. */
const SUBJECTS = ['orderId', 'refundId', 'productId', 'imageId'] as const;

/** The ids in an event's data, as attributes by which its spans can be found. */
export function subjectOf(data: unknown): SpanAttributes {
  if (typeof data !== 'object' || data === null) return {};
  const fields = data as Record<string, unknown>;
  const found = SUBJECTS.flatMap((name) => {
    const id = fields[name];
    return typeof id === 'string' ? [[name, id] as const] : [];
  });
  return Object.fromEntries(found);
}
