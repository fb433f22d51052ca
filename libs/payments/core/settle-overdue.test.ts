import { describe, expect, it } from 'vitest';
import type { CallOutcome, ProviderCall } from '../testing/fake-provider.ts';
import { newWorld, orderIn, placeTwoCups, quoteFor, type World } from '../testing/world.ts';
import type { Order } from './index.ts';

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

describe('the deadline of an order that is charging without an intent', () => {
  /** An order as earlier versions stored it after an answer without an id. */
  async function orderWithoutIntent(world: World, paymentMethod = 'pm_card_visa') {
    const orderId = await placeTwoCups(world, { paymentMethod });
    const order = { ...(orderIn(world, orderId) as Order), state: 'charging' as const };
    const total = { amountCents: 2400, currency: 'usd' };
    const { intentId: _, ...stored } = { ...order, total };
    world.stores.ordersById.set(orderId, stored as Order);
    return orderId;
  }
  const worldWith = (outcomes: Partial<Record<ProviderCall, CallOutcome[]>> = {}) =>
    newWorld({ outcomeOf: async (call) => outcomes[call]?.shift() ?? 'answered' });

  it('charges it again', async () => {
    const world = worldWith();
    const orderId = await orderWithoutIntent(world);
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({
      state: 'confirmed',
      intentId: `pi_${orderId}_1`,
    });
    expect(world.provider.calls).toEqual(['create', 'confirm']);
  });

  it('uses the intent that the provider has created under the same key', async () => {
    const world = worldWith();
    const orderId = await orderWithoutIntent(world);
    const amount = { amountCents: 2400, currency: 'usd' };
    const request = { orderId, attempt: 1, amount, paymentMethod: 'pm_card_visa' };
    await world.provider.createIntent(request);
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(world.provider.intents.size).toBe(1);
    expect(orderIn(world, orderId)?.state).toBe('confirmed');
  });

  it('stays undecided while the provider does not answer, and is charged once', async () => {
    const world = worldWith({ create: ['lost-after'], confirm: ['lost-after'] });
    const orderId = await orderWithoutIntent(world);
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)?.state).toBe('confirmed');
    expect(world.provider.intents.size).toBe(1);
    expect(world.stores.journals.size).toBe(1);
  });

  it.each([
    ['pm_unknown', 'unknown-payment-method'],
    ['pm_card_visa_chargeDeclined', 'declined'],
  ])('cancels it with its reason if the provider refuses %s', async (paymentMethod, reason) => {
    const world = worldWith();
    const orderId = await orderWithoutIntent(world, paymentMethod);
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({ state: 'cancelled', reason });
  });

  it('is not needed when the reservation arrives late and charges it', async () => {
    const world = worldWith();
    const orderId = await orderWithoutIntent(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(orderIn(world, orderId)?.state).toBe('confirmed');
  });
});
