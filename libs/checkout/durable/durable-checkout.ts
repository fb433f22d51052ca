import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { CheckoutOrder, CheckoutSteps, Outcome } from '../core/index.ts';
import { retryStrategy } from './retry-strategy.ts';

/**
 * How long the checkout waits for the provider's webhook before it asks the provider again, in
 * seconds. After the last wait, the deadline has passed too, and the order is settled.
 */
const WAITS_SECONDS = [2, 8, 30, 1200];

/**
 * The checkout of one order, as straight code. Every step has a name and is idempotent. A crash
 * repeats at most the step that it interrupted.
 *
 * The compensations run in reverse order: the charge is cancelled with its order, then the stock is
 * released. A customer or the deadline queue can cancel the order meanwhile; the next step sees it.
 */
export async function durableCheckout(
  order: CheckoutOrder,
  context: DurableContext,
  steps: CheckoutSteps,
): Promise<Outcome> {
  const { orderId } = order;
  const step = <T>(name: string, run: () => Promise<T>) =>
    context.step(name, run, { retryStrategy });

  const answer = await step('reserve-stock', () => steps.reserveStock(order));
  if (answer.kind === 'rejected') {
    const { reason } = answer;
    return step('reject-order', () => steps.rejectOrder({ orderId, reason }));
  }
  const charge = () =>
    answer.kind === 'reserved'
      ? step('charge-order', () => steps.chargeOrder(answer.quote))
      : step('settle-order', () => steps.settleOrder(orderId));

  let outcome = await charge();
  for (const seconds of WAITS_SECONDS) {
    if (outcome !== 'open') break;
    outcome = await endWithin(seconds, orderId, context, steps);
    if (outcome === 'open') outcome = await charge();
  }
  while (outcome === 'open') {
    outcome = await step('settle-order', () => steps.settleOrder(orderId));
    if (outcome === 'open') outcome = await endWithin(600, orderId, context, steps);
  }

  if (outcome === 'confirmed') await step('commit-stock', () => steps.commitStock(orderId));
  else await step('release-stock', () => steps.releaseStock(orderId));
  return outcome;
}

/** Waits until the order has ended, by webhook, customer or deadline. `open` after the time. */
async function endWithin(
  seconds: number,
  orderId: string,
  context: DurableContext,
  steps: CheckoutSteps,
): Promise<Outcome> {
  try {
    const store = (token: string) => steps.awaitEnd({ orderId, token });
    const timeout = { seconds };
    // The result is the text that `resume` sends.
    return await context.waitForCallback<Outcome>('order-ended', store, { timeout, retryStrategy });
  } catch {
    return 'open';
  }
}
