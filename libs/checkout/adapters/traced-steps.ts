import { span, withTraceparent } from '@triptych/platform/telemetry';
import type { CheckoutOrder, CheckoutSteps } from '../core/index.ts';

/** The steps of an order. Each is a span in the trace of the order's request. */
export function tracedSteps(order: CheckoutOrder, steps: CheckoutSteps): CheckoutSteps {
  const { orderId, traceparent } = order;
  const entries = Object.entries(steps) as [string, (input: never) => Promise<unknown>][];
  return Object.fromEntries(
    entries.map(([name, run]) => [
      name,
      (input: never) =>
        withTraceparent(traceparent, () => span(`checkout.${name}`, { orderId }, () => run(input))),
    ]),
  ) as unknown as CheckoutSteps;
}
