import { expect, it } from 'vitest';
import { checkoutSteps } from '../core/index.ts';
import { checkoutWorld, order } from '../testing/checkout-world.ts';
import { type StepEvent, stepTask } from './step-task.ts';

it('performs the step that the task names, and returns its result', async () => {
  const world = checkoutWorld({ settled: 'confirmed' });
  const task = stepTask(checkoutSteps(world));
  const input = order.orderId;
  expect(await task({ step: 'settleOrder', input, order })).toBe('confirmed');
  expect(await task({ step: 'commitStock', input, order })).toBeNull();
  expect(world.calls).toEqual(['settleOverdue', 'commitReservation']);
});

it('rejects a step that it does not have', async () => {
  const task = stepTask(checkoutSteps(checkoutWorld()));
  const event = { step: 'toString', input: null, order } as unknown as StepEvent;
  await expect(task(event)).rejects.toThrow('The checkout has no step toString');
});
