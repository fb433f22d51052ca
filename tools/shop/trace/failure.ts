import type { Span } from '../order/span.ts';
import type { SpanNode } from './span-tree.ts';

/** The parts of a span or of its log line that say how it ended. */
export interface Outcome {
  readonly ok?: unknown;
  readonly error?: unknown;
  readonly status?: unknown;
  readonly reason?: unknown;
}

/**
 * Why a step failed: `FAILED refund-exceeds-captured`, `422 refund-exceeds-captured` for a rejected request, or the reason
 * of an order that was rejected or cancelled. Undefined for a step that succeeded.
 */
export function failureText({ ok, error, status, reason }: Outcome): string | undefined {
  const code = typeof error === 'string' ? error : undefined;
  if (ok === false) return ['FAILED', code ?? status].filter(Boolean).join(' ');
  if (code !== undefined) return [status, code].filter(Boolean).join(' ');
  return typeof reason === 'string' ? reason : undefined;
}

/** The steps in which a failure began: they failed, and none of the steps inside them did. Ordered by start. */
export function firstFailures(roots: readonly SpanNode[]): Span[] {
  const found = roots.flatMap(({ span, children }) => {
    const inside = firstFailures(children);
    const failed = span.ok === false || span.error !== undefined;
    return inside.length > 0 || !failed ? inside : [span];
  });
  return found.sort((a, b) => a.startMs - b.startMs);
}
