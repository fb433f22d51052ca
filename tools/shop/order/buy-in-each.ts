import { setTimeout as sleep } from 'node:timers/promises';
import type { Variant } from '@triptych/base/variants';
import { type Purchase, placeOrder } from './place-order.ts';
import type { Span } from './span.ts';
import type { Timeline } from './timeline.ts';

/** The saga's last step, after success or compensation. A rejected order may have none. */
const LAST_STEPS = ['catalog.commit-reservation', 'catalog.release-reservation'];
const QUIET_AFTER_LAST_MS = 200;
const QUIET_MS = 3_000;
const LAST_SPAN_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/**
 * Places the same order in each variant, one at a time so that no variant slows another down, and collects the spans that
 * its processes logged.
 * @param spansOf reads the finished spans of a trace
 * @param seeLogs the command that shows the logs of an order that does not settle
 * @throws UserError when an order cannot be placed or does not settle
 */
export async function buyInEach(
  targets: readonly { variant: Variant; baseUrl: string }[],
  customer: { email: string; password: string },
  spansOf: (traceId: string) => Span[] | Promise<Span[]>,
  seeLogs: (orderId: string) => string,
): Promise<Timeline[]> {
  const timelines: Timeline[] = [];
  for (const { variant, baseUrl } of targets) {
    const purchase = await placeOrder(baseUrl, customer, { seeLogs });
    timelines.push({ variant, purchase, spans: await allSpans(purchase, spansOf) });
  }
  return timelines;
}

/**
 * Waits for the spans of the saga's last step, which runs after the customer has the answer (it commits the stock). Silence
 * before that step proves nothing: on a busy machine, a function may take seconds to start.
 */
async function allSpans(
  { order, traceId }: Purchase,
  spansOf: (traceId: string) => Span[] | Promise<Span[]>,
): Promise<Span[]> {
  const started = performance.now();
  let spans = await spansOf(traceId);
  let grownAt = started;
  const quietEnough = () => {
    const ended = spans.some(({ name }) => LAST_STEPS.includes(name));
    if (!ended && order.state !== 'rejected') return false;
    return performance.now() - grownAt > (ended ? QUIET_AFTER_LAST_MS : QUIET_MS);
  };
  while (!quietEnough() && performance.now() - started < LAST_SPAN_TIMEOUT_MS) {
    await sleep(POLL_MS);
    const now = await spansOf(traceId);
    if (now.length > spans.length) grownAt = performance.now();
    spans = now;
  }
  return spans;
}
