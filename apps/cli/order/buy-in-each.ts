import { setTimeout as sleep } from 'node:timers/promises';
import type { Variant } from '../variants.ts';
import { placeOrder } from './place-order.ts';
import type { Span } from './span.ts';
import type { Timeline } from './timeline.ts';

const quietMs = 300;
const lastSpanTimeoutMs = 10_000;

/**
 * Places the same order in each variant, one after the other so that none slows another down, and
 * collects what its processes logged for it.
 * @param spansOf reads the finished spans of a trace
 */
export async function buyInEach(
  targets: readonly { variant: Variant; baseUrl: string }[],
  customer: { email: string; password: string },
  spansOf: (traceId: string) => Span[] | Promise<Span[]>,
): Promise<Timeline[]> {
  const timelines: Timeline[] = [];
  for (const { variant, baseUrl } of targets) {
    const purchase = await placeOrder(baseUrl, customer);
    timelines.push({ variant, purchase, spans: await allSpans(purchase.traceId, spansOf) });
  }
  return timelines;
}

/** The saga goes on after the customer's answer (stock is committed): waits until no span comes any more. */
async function allSpans(
  traceId: string,
  spansOf: (traceId: string) => Span[] | Promise<Span[]>,
): Promise<Span[]> {
  const deadline = performance.now() + lastSpanTimeoutMs;
  let spans = await spansOf(traceId);
  for (let grownAt = performance.now(); performance.now() - grownAt < quietMs; ) {
    if (performance.now() > deadline) break;
    await sleep(50);
    const now = await spansOf(traceId);
    if (now.length > spans.length) grownAt = performance.now();
    spans = now;
  }
  return spans;
}
