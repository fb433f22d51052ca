import { setTimeout as sleep } from 'node:timers/promises';
import type { Variant } from '@triptych/base/variants';
import { type Purchase, placeOrder } from './place-order.ts';
import type { Span } from './span.ts';
import type { Timeline } from './timeline.ts';

/** The saga's last step, on either way out: after it only stragglers come. Of a rejected order there is none. */
const lastSteps = ['catalog.commit-reservation', 'catalog.release-reservation'];
const quietAfterLastMs = 200;
const quietMs = 3_000;
const lastSpanTimeoutMs = 15_000;

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
    timelines.push({ variant, purchase, spans: await allSpans(purchase, spansOf) });
  }
  return timelines;
}

/**
 * The saga goes on after the customer's answer (stock is committed): waits for its last step's spans. Until then quiet says
 * nothing: on a busy machine a function may take seconds to start.
 */
async function allSpans(
  { order, traceId }: Purchase,
  spansOf: (traceId: string) => Span[] | Promise<Span[]>,
): Promise<Span[]> {
  const started = performance.now();
  let spans = await spansOf(traceId);
  let grownAt = started;
  const quietEnough = () => {
    const ended = spans.some(({ name }) => lastSteps.includes(name));
    if (!ended && order.state !== 'rejected') return false;
    return performance.now() - grownAt > (ended ? quietAfterLastMs : quietMs);
  };
  while (!quietEnough() && performance.now() - started < lastSpanTimeoutMs) {
    await sleep(50);
    const now = await spansOf(traceId);
    if (now.length > spans.length) grownAt = performance.now();
    spans = now;
  }
  return spans;
}
