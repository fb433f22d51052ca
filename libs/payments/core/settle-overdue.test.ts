import { describe, expect, it } from 'vitest';
import type { Weather } from '../testing/fake-provider.ts';
import { newWorld, placeTwoCups, quoteFor } from '../testing/world.ts';

describe('the deadline', () => {
  it('cancels an order that nobody answered, without asking the provider', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(world.stores.all.get(orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    expect(world.stores.events.at(-1)).toMatchObject({ type: 'order.cancelled' });
    expect(world.provider.calls).toEqual([]);
  });

  it('leaves a finished order alone', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(world.stores.all.get(orderId)?.state).toBe('confirmed');
  });

  it('confirms an order whose money was taken without anybody hearing of it', async () => {
    const sky = { now: 'fine' as Weather };
    const world = newWorld({
      weather: async (call) => (call === 'create' ? 'fine' : sky.now),
    });
    const orderId = await placeTwoCups(world);
    sky.now = 'lost-after';
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    sky.now = 'fine';
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(world.stores.all.get(orderId)?.state).toBe('confirmed');
  });

  it('stays undecided until the intent is known to be cancelled', async () => {
    const forecast: Record<string, Weather[]> = {
      confirm: ['lost-before'],
      cancel: ['lost-before', 'lost-after'],
    };
    const world = newWorld({ weather: async (call) => forecast[call]?.shift() ?? 'fine' });
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    expect(world.stores.all.get(orderId)?.state).toBe('charging');
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(world.stores.all.get(orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
  });
});

describe('a rejected reservation', () => {
  it('ends a placed order and tells nobody', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.rejectOrder({ orderId, reason: 'out-of-stock' });
    expect(world.stores.all.get(orderId)).toMatchObject({
      state: 'rejected',
      reason: 'out-of-stock',
    });
    expect(world.stores.events).toHaveLength(1);
  });

  it('changes nothing once the order has gone on', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    await world.payments.rejectOrder({ orderId, reason: 'out-of-stock' });
    expect(world.stores.all.get(orderId)?.state).toBe('confirmed');
  });
});
