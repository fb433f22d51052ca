import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import { newWorld, orderIn, placeTwoCups, quoteFor } from '../testing/world.ts';

const HOUR_MS = 60 * 60_000;

describe('orders whose deadline was lost', () => {
  it('are settled, and need no report', async () => {
    const world = newWorld();
    const first = await placeTwoCups(world);
    const second = await placeTwoCups(world, { idempotencyKey: 'key-2' });
    await world.payments.chargeOrder(quoteFor(second));
    world.clock.nowMs += HOUR_MS;
    const late = await placeTwoCups(world, { idempotencyKey: 'key-3' });
    expect(await world.payments.settleUnfinished()).toEqual([]);
    expect(orderIn(world, first)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    expect(orderIn(world, second)?.state).toBe('confirmed');
    expect(orderIn(world, late)?.state).toBe('placed');
  });

  it('are reported while the provider does not answer', async () => {
    const provider: { outcome: CallOutcome } = { outcome: 'answered' };
    const world = newWorld({
      outcomeOf: async (call) => (call === 'create' ? 'answered' : provider.outcome),
    });
    const orderId = await placeTwoCups(world);
    provider.outcome = 'lost-before';
    await world.payments.chargeOrder(quoteFor(orderId));
    world.clock.nowMs += HOUR_MS;
    expect(await world.payments.settleUnfinished()).toMatchObject([
      { id: orderId, state: 'charging' },
    ]);
    provider.outcome = 'answered';
    expect(await world.payments.settleUnfinished()).toEqual([]);
  });

  it('do not keep each other from ending when one of them fails', async () => {
    const world = newWorld();
    const broken = await placeTwoCups(world);
    const sound = await placeTwoCups(world, { idempotencyKey: 'key-2' });
    const { commit } = world.stores.orders;
    world.stores.orders.commit = async (change) => {
      if (change.to.id === broken) throw new Error('cannot be written');
      return commit(change);
    };
    world.clock.nowMs += HOUR_MS;
    expect(await world.payments.settleUnfinished()).toMatchObject([{ id: broken }]);
    expect(orderIn(world, sound)?.state).toBe('cancelled');
  });

  it('are left to the next run when the provider is slow', async () => {
    const world = newWorld({
      outcomeOf: async () => {
        world.clock.nowMs += 10_000;
        return 'lost-before';
      },
    });
    const orderIds = [await placeTwoCups(world)];
    orderIds.push(await placeTwoCups(world, { idempotencyKey: 'key-2' }));
    for (const id of orderIds) {
      const order = world.stores.ordersById.get(id);
      if (!order) throw new Error('the order was not placed');
      const total = order.expectedTotal;
      world.stores.ordersById.set(id, { ...order, state: 'charging', intentId: 'pi_1', total });
    }
    world.clock.nowMs += HOUR_MS;
    const reported = await world.payments.settleUnfinished();
    expect(reported.map(({ id }) => id)).toEqual(orderIds);
    expect(world.provider.calls).toEqual(['retrieve']);
  });
});
