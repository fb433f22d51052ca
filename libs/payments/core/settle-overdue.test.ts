import { describe, expect, it } from 'vitest';
import type { CallOutcome } from '../testing/fake-provider.ts';
import { newWorld, orderIn, placeTwoCups, quoteFor } from '../testing/world.ts';

describe('the deadline', () => {
  it('cancels an order that catalog did not answer, without calling the provider', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    expect(world.stores.events.at(-1)).toMatchObject({ type: 'order.cancelled' });
    expect(world.provider.calls).toEqual([]);
  });

  it('does not change a finished order', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)?.state).toBe('confirmed');
  });

  it('confirms an order whose charge succeeded while every answer was lost', async () => {
    const provider: { outcome: CallOutcome } = { outcome: 'answered' };
    const world = newWorld({
      outcomeOf: async (call) => (call === 'create' ? 'answered' : provider.outcome),
    });
    const orderId = await placeTwoCups(world);
    provider.outcome = 'lost-after';
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    provider.outcome = 'answered';
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)?.state).toBe('confirmed');
  });

  it('stays undecided until the intent is known to be cancelled', async () => {
    const outcomes: Record<string, CallOutcome[]> = {
      confirm: ['lost-before'],
      cancel: ['lost-before', 'lost-after'],
    };
    const world = newWorld({ outcomeOf: async (call) => outcomes[call]?.shift() ?? 'answered' });
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    expect(orderIn(world, orderId)?.state).toBe('charging');
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
  });
});
