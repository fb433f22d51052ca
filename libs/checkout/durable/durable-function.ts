import { type DurableExecutionConfig, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { span, withTraceparent } from '@triptych/platform/telemetry';
import type { CheckoutOrder, CheckoutSteps, Outcome } from '../core/index.ts';
import { durableCheckout } from './durable-checkout.ts';

/**
 * The handler of the durable function. Each step is a span in the trace of the order's request.
 * @param config of the SDK, for tests
 */
export function durableFunction(steps: CheckoutSteps, config?: DurableExecutionConfig) {
  return withDurableExecution<CheckoutOrder, Outcome>(
    (order, context) => durableCheckout(order, context, traced(order, steps)),
    config,
  );
}

function traced(order: CheckoutOrder, steps: CheckoutSteps): CheckoutSteps {
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
