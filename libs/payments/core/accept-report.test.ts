import { describe, expect, it } from 'vitest';
import { newWorld, placeTwoCups, quoteFor } from '../testing/world.ts';
import type { Intent } from './index.ts';

/** An order that is charging, and its intent; the provider's answers have been lost. */
async function chargingOrder() {
  const sky = { answers: true };
  const world = newWorld({
    weather: async (call) => (call === 'create' || sky.answers ? 'fine' : 'lost-after'),
  });
  const orderId = await placeTwoCups(world);
  sky.answers = false;
  await world.payments.chargeOrder(quoteFor(orderId));
  const intent = [...world.provider.intents.values()][0] as Intent;
  const order = () => world.stores.all.get(orderId);
  return { ...world, orderId, intent, order };
}

describe("the provider's word", () => {
  it('confirms a charging order, once', async () => {
    const { payments, stores, intent, order } = await chargingOrder();
    await payments.acceptReport({ eventId: 'evt_1', intent });
    await payments.acceptReport({ eventId: 'evt_1', intent });
    await payments.acceptReport({ eventId: 'evt_2', intent });
    expect(order()?.state).toBe('confirmed');
    expect(stores.journals.size).toBe(1);
  });

  it.each([
    ['declined', 'declined'],
    ['cancelled', 'deadline'],
  ] as const)('cancels a charging order whose intent is %s', async (status, reason) => {
    const { payments, intent, order } = await chargingOrder();
    await payments.acceptReport({ eventId: 'evt_1', intent: { ...intent, status } });
    expect(order()).toMatchObject({ state: 'cancelled', reason });
  });

  it('leaves the order alone while the intent is open, and when it is about another intent', async () => {
    const { payments, intent, order } = await chargingOrder();
    await payments.acceptReport({ eventId: 'evt_1', intent: { ...intent, status: 'open' } });
    const other: Intent = { ...intent, id: 'pi_other', status: 'cancelled' };
    await payments.acceptReport({ eventId: 'evt_2', intent: other });
    expect(order()?.state).toBe('charging');
  });

  it('takes note of events and orders that it does not follow', async () => {
    const { payments, stores, intent } = await chargingOrder();
    await payments.acceptReport({ eventId: 'evt_1' });
    await payments.acceptReport({ eventId: 'evt_2', intent: { ...intent, orderId: 'none' } });
    expect(await stores.reports.has('evt_1')).toBe(true);
    expect(await stores.reports.has('evt_2')).toBe(true);
  });

  it('raises money that was taken for an order that is not confirmed', async () => {
    const { payments, intent } = await chargingOrder();
    const stray: Intent = { ...intent, id: 'pi_other', status: 'succeeded' };
    const report = payments.acceptReport({ eventId: 'evt_1', intent: stray });
    await expect(report).rejects.toMatchObject({ code: 'stray-charge' });
  });

  it('raises another amount than the order was for', async () => {
    const { payments, intent, order } = await chargingOrder();
    const amount = { amountCents: 1, currency: 'usd' };
    const report = payments.acceptReport({ eventId: 'evt_1', intent: { ...intent, amount } });
    await expect(report).rejects.toMatchObject({ code: 'amount-differs' });
    expect(order()?.state).toBe('charging');
  });
});
