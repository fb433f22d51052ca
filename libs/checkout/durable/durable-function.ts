import { type DurableExecutionConfig, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { tracedSteps } from '../adapters/traced-steps.ts';
import type { CheckoutOrder, CheckoutSteps, Outcome } from '../core/index.ts';
import { durableCheckout } from './durable-checkout.ts';

/**
 * The handler of the durable function. Each step is a span in the trace of the order's request.
 * @param config of the SDK, for tests
 */
export function durableFunction(steps: CheckoutSteps, config?: DurableExecutionConfig) {
  return withDurableExecution<CheckoutOrder, Outcome>(
    (order, context) => durableCheckout(order, context, tracedSteps(order, steps)),
    config,
  );
}
