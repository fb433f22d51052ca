import { expect, it } from 'vitest';
import { checkoutWorld } from '../testing/checkout-world.ts';
import { checkoutSteps } from './checkout-steps.ts';

it('resumes itself when the order ended before its token was stored', async () => {
  const world = checkoutWorld();
  world.outcome = 'cancelled';
  await checkoutSteps(world).awaitEnd({ orderId: 'o1', token: 't1' });
  expect(world.resumed).toEqual([['t1', 'cancelled']]);
});

it('waits for an order that has not ended', async () => {
  const world = checkoutWorld();
  await checkoutSteps(world).awaitEnd({ orderId: 'o1', token: 't1' });
  expect({ token: world.token, resumed: world.resumed }).toEqual({ token: 't1', resumed: [] });
});

it('settles an order, and returns how it ended', async () => {
  const world = checkoutWorld({ settled: 'confirmed' });
  expect(await checkoutSteps(world).settleOrder('o1')).toBe('confirmed');
});
