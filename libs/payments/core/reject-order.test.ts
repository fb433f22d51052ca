import { describe, expect, it } from 'vitest';
import { newWorld, orderIn, placeTwoCups, quoteFor } from '../testing/world.ts';

describe('rejecting an order', () => {
  it('rejects a placed order and publishes no event', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.rejectOrder({ orderId, reason: 'out-of-stock' });
    expect(orderIn(world, orderId)).toMatchObject({
      state: 'rejected',
      reason: 'out-of-stock',
    });
    expect(world.stores.events).toHaveLength(1);
  });

  it('changes nothing once the order is charged', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    await world.payments.rejectOrder({ orderId, reason: 'out-of-stock' });
    expect(orderIn(world, orderId)?.state).toBe('confirmed');
  });
});
