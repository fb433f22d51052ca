import { tracedSteps } from '../adapters/traced-steps.ts';
import type { CheckoutOrder, CheckoutSteps, Coordinator } from '../core/index.ts';

/** What a task of the state machine passes to the function. */
export interface StepEvent {
  readonly step: keyof CheckoutSteps;
  /** The input of the step. */
  readonly input: unknown;
  readonly order: CheckoutOrder;
}

/**
 * The function that the tasks of the state machine invoke: performs one step. Each step is a span in the
 * trace of the order's request. Returns the step's result, or null.
 */
export function stepTask(steps: CheckoutSteps) {
  return async ({ step, input, order }: StepEvent): Promise<unknown> => {
    if (!Object.hasOwn(steps, step)) throw new Error(`The checkout has no step ${step}`);
    const run = tracedSteps(order, steps)[step] as (input: unknown) => Promise<unknown>;
    return (await run(input)) ?? null;
  };
}

/** The order ended before the token of its task was stored. `Catch` of the task continues at once. */
class OrderEnded extends Error {
  override readonly name = 'OrderEnded';
}

/**
 * Ends the task that stores its token although the order has ended: its function fails, so it needs no
 * permission to resume executions.
 */
export const failingTask: Pick<Coordinator, 'resume'> = {
  async resume(_token, outcome) {
    throw new OrderEnded(`The order is ${outcome}.`);
  },
};
