import { describe, expect, it } from 'vitest';
import { newWorld, orderIn, placeTwoCups, quoteFor } from '../testing/world.ts';
import type { Intent } from './index.ts';

/** An order that is charging and its intent. Every answer of the provider is lost. */
async function chargingOrder() {
  const provider = { answers: true };
  const world = newWorld({
    outcomeOf: async (call) => (call === 'create' || provider.answers ? 'answered' : 'lost-after'),
  });
  const orderId = await placeTwoCups(world);
  provider.answers = false;
  await world.payments.chargeOrder(quoteFor(orderId));
  const intent = [...world.provider.intents.values()][0] as Intent;
  const order = () => orderIn(world, orderId);
  return { ...world, orderId, intent, order };
}

describe("the provider's report on an intent", () => {
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

  it('says so when somebody else has cancelled the intent', async () => {
    const { payments, intent, order } = await chargingOrder();
    const cancelled: Intent = { ...intent, status: 'cancelled', code: 'fraudulent' };
    await payments.acceptReport({ eventId: 'evt_1', intent: cancelled });
    expect(order()).toMatchObject({
      state: 'cancelled',
      reason: 'cancelled-at-provider',
      providerCode: 'fraudulent',
    });
  });

  it('changes nothing while the intent is open or when it is another intent', async () => {
    const { payments, intent, order } = await chargingOrder();
    await payments.acceptReport({ eventId: 'evt_1', intent: { ...intent, status: 'open' } });
    const other: Intent = { ...intent, id: 'pi_other', status: 'cancelled' };
    await payments.acceptReport({ eventId: 'evt_2', intent: other });
    expect(order()?.state).toBe('charging');
  });

  it('is recorded as handled when its event or order is unknown', async () => {
    const { payments, stores, intent } = await chargingOrder();
    await payments.acceptReport({ eventId: 'evt_1' });
    await payments.acceptReport({ eventId: 'evt_2', intent: { ...intent, orderId: 'none' } });
    expect(await stores.reports.has('evt_1')).toBe(true);
    expect(await stores.reports.has('evt_2')).toBe(true);
  });

  it('fails when money was taken for an order that it does not confirm', async () => {
    const { payments, intent } = await chargingOrder();
    const stray: Intent = { ...intent, id: 'pi_other', status: 'succeeded' };
    const report = payments.acceptReport({ eventId: 'evt_1', intent: stray });
    await expect(report).rejects.toMatchObject({ code: 'stray-charge' });
  });

  it('fails when the amount is not the total of the order', async () => {
    const { payments, intent, order } = await chargingOrder();
    const amount = { amountCents: 1, currency: 'usd' };
    const report = payments.acceptReport({ eventId: 'evt_1', intent: { ...intent, amount } });
    await expect(report).rejects.toMatchObject({ code: 'amount-differs' });
    expect(order()?.state).toBe('charging');
  });
});
