import { expect, it } from 'vitest';
import { checkoutSteps } from '../core/index.ts';
import { checkoutWorld, order } from '../testing/checkout-world.ts';
import { failingTask, type StepEvent, stepTask } from './step-task.ts';

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

it('fails with the error OrderEnded when the order ended before its token was stored', async () => {
  const world = checkoutWorld();
  world.outcome = 'confirmed';
  const task = stepTask(checkoutSteps({ ...world, coordinator: failingTask }));
  const input = { orderId: order.orderId, token: 't1' };
  await expect(task({ step: 'awaitEnd', input, order })).rejects.toMatchObject({
    name: 'OrderEnded',
  });
  expect(world.token).toBe('t1');
});
