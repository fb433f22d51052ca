import { describe, expect, it } from 'vitest';
import type { Weather } from '../testing/fake-provider.ts';
import { newWorld, placeTwoCups, quoteFor, type World } from '../testing/world.ts';

/** A provider that has the given weather for the next call of a name, once each. */
const weatherOf = (forecast: Record<string, Weather[]>) => async (call: string) =>
  forecast[call]?.shift() ?? 'fine';

const stateOf = ({ stores }: World, orderId: string) => stores.all.get(orderId)?.state;
const typesOf = ({ stores }: World) => stores.events.map(({ type }) => type);

describe('charging an order', () => {
  it('goes through reserved and charging to confirmed, with journal, event and history', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    const order = world.stores.all.get(orderId);
    expect(order?.history.map(({ state }) => state)).toEqual([
      'placed',
      'reserved',
      'charging',
      'confirmed',
    ]);
    expect(order?.lines).toEqual([
      { productId: 'cup', name: 'Cup', quantity: 2, unitPriceCents: 1200 },
    ]);
    expect(world.provider.calls).toEqual(['create', 'confirm']);
    expect(world.stores.journals.get(`order-${orderId}-confirm`)?.postings).toEqual([
      { account: 'provider', amountCents: 2400, currency: 'usd' },
      { account: 'sales', amountCents: -2400, currency: 'usd' },
    ]);
    expect(world.stores.events.at(-1)).toMatchObject({
      type: 'order.confirmed',
      data: { orderId, totalCents: 2400, currency: 'usd' },
    });
    expect((await world.payments.readBalance()).sumCents).toEqual({ usd: 0 });
  });

  it('cancels a declined order', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world, { paymentMethod: 'pm_declined' });
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(world.stores.all.get(orderId)).toMatchObject({ state: 'cancelled', reason: 'declined' });
    expect(world.stores.events.at(-1)).toMatchObject({
      type: 'order.cancelled',
      data: { orderId, reason: 'declined' },
    });
    expect(world.stores.journals.size).toBe(0);
  });

  it('takes a payment method that the provider does not know for a decline', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world, { paymentMethod: 'pm_unknown' });
    await world.payments.chargeOrder(quoteFor(orderId));
    const order = world.stores.all.get(orderId);
    expect(order).toMatchObject({ state: 'cancelled', reason: 'declined', intentId: null });
    expect(order?.history.map(({ state }) => state)).toContain('charging');
  });

  it('changes nothing when the reservation comes again, or after the order was cancelled', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.settleOverdue(orderId);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(stateOf(world, orderId)).toBe('cancelled');
    expect(world.provider.calls).toEqual([]);
    expect(typesOf(world)).toEqual(['order.placed', 'order.cancelled']);
  });

  it('confirms once when the same reservation is handled twice at a time', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    const quote = quoteFor(orderId);
    await Promise.all([world.payments.chargeOrder(quote), world.payments.chargeOrder(quote)]);
    expect(stateOf(world, orderId)).toBe('confirmed');
    expect(typesOf(world)).toEqual(['order.placed', 'order.confirmed']);
    expect(world.stores.journals.size).toBe(1);
  });

  it('never charges an amount that the customer did not agree to', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    const charge = world.payments.chargeOrder({ ...quoteFor(orderId), totalCents: 2401 });
    await expect(charge).rejects.toMatchObject({ code: 'quote-differs' });
    expect(stateOf(world, orderId)).toBe('placed');
  });
});

describe('a provider that does not answer', () => {
  it('confirms by looking at the intent when the answer to the confirmation was lost', async () => {
    const world = newWorld({ weather: weatherOf({ confirm: ['lost-after'] }) });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(stateOf(world, orderId)).toBe('charging');
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(stateOf(world, orderId)).toBe('confirmed');
    expect(world.provider.calls).toEqual(['create', 'confirm', 'retrieve']);
  });

  it('sends the confirmation again, under its key, when it never arrived', async () => {
    const world = newWorld({ weather: weatherOf({ confirm: ['lost-before'] }) });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(stateOf(world, orderId)).toBe('charging');
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(stateOf(world, orderId)).toBe('confirmed');
  });

  it('gets the same intent again when the answer to its creation was lost', async () => {
    const world = newWorld({ weather: weatherOf({ create: ['lost-after'] }) });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(stateOf(world, orderId)).toBe('confirmed');
    expect(world.provider.intents.size).toBe(1);
  });

  it('makes the next intent under a new key when the old one answers with a stored fault', async () => {
    const world = newWorld({ weather: weatherOf({ create: ['stored-fault'] }) });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(world.stores.all.get(orderId)).toMatchObject({
      state: 'confirmed',
      intentId: `pi_${orderId}_2`,
    });
  });

  it('leaves an order whose confirmation answers with a stored fault to the deadline', async () => {
    const world = newWorld({ weather: weatherOf({ confirm: ['stored-fault'] }) });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(world.stores.all.get(orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    expect([...world.provider.intents.values()].map(({ status }) => status)).toEqual(['cancelled']);
  });
});
