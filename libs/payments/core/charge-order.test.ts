import { describe, expect, it } from 'vitest';
import type { CallOutcome, ProviderCall } from '../testing/fake-provider.ts';
import { newWorld, orderIn, placeTwoCups, quoteFor, type World } from '../testing/world.ts';

/** A world in which the next calls to the provider end as given, by name of the call. */
const worldWith = (outcomes: Partial<Record<ProviderCall, CallOutcome[]>>) =>
  newWorld({ outcomeOf: async (call) => outcomes[call]?.shift() ?? 'answered' });

const stateOf = (world: World, orderId: string) => orderIn(world, orderId)?.state;
const typesOf = ({ stores }: World) => stores.events.map(({ type }) => type);

describe('charging an order', () => {
  it('confirms it after reserved and charging, with journal, event and history', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    const order = orderIn(world, orderId);
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
    const orderId = await placeTwoCups(world, { paymentMethod: 'pm_card_visa_chargeDeclined' });
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({
      state: 'cancelled',
      reason: 'declined',
      providerCode: 'generic_decline',
    });
    expect(world.stores.events.at(-1)).toMatchObject({
      type: 'order.cancelled',
      data: { orderId, reason: 'declined' },
    });
    expect(world.stores.journals.size).toBe(0);
  });

  it('cancels an order whose payment method the provider does not know, with that reason', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world, { paymentMethod: 'pm_unknown' });
    await world.payments.chargeOrder(quoteFor(orderId));
    const order = orderIn(world, orderId);
    expect(order).toMatchObject({
      state: 'cancelled',
      reason: 'unknown-payment-method',
      providerCode: 'resource_missing',
      intentId: null,
    });
    expect(order?.history.map(({ state }) => state)).toEqual(['placed', 'reserved', 'cancelled']);
    expect(world.stores.events.at(-1)).toMatchObject({
      type: 'order.cancelled',
      data: { orderId, reason: 'unknown-payment-method' },
    });
  });

  it.each([
    ['resource_missing', 'unknown-payment-method'],
    ['amount_too_small', 'amount-too-small'],
    ['amount_too_large', 'amount-too-large'],
    ['invalid-currency', 'currency-not-accepted'],
    ['payment_method_unactivated', 'payment-method-not-accepted'],
  ])('cancels an order that the provider refuses with %s as %s', async (code, reason) => {
    const world = newWorld();
    world.provider.createIntent = async () => ({ kind: 'refused', code });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({
      state: 'cancelled',
      reason,
      providerCode: code,
    });
  });

  it.each([
    ['amount', 'parameter_invalid_integer', 'amount-not-accepted'],
    ['amount', 'invalid-request', 'amount-not-accepted'],
    ['currency', 'parameter_invalid_string_empty', 'currency-not-accepted'],
  ] as const)('names the %s when the provider refuses it with %s', async (about, code, reason) => {
    const world = newWorld();
    world.provider.createIntent = async () => ({ kind: 'refused', code, about });
    const orderId = await placeTwoCups(world);
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(orderIn(world, orderId)).toMatchObject({ reason, providerCode: code });
  });

  it('changes nothing when the reservation arrives after the order was cancelled', async () => {
    const world = newWorld();
    const orderId = await placeTwoCups(world);
    await world.payments.settleOverdue(orderId);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(stateOf(world, orderId)).toBe('cancelled');
    expect(world.provider.calls).toEqual([]);
    expect(typesOf(world)).toEqual(['order.placed', 'order.cancelled']);
  });

  it('confirms once when the same reservation is handled twice concurrently', async () => {
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

describe('charging while the provider does not answer', () => {
  it('retrieves the intent when the answer to the confirmation was lost', async () => {
    const world = worldWith({ confirm: ['lost-after'] });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(stateOf(world, orderId)).toBe('charging');
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(stateOf(world, orderId)).toBe('confirmed');
    expect(world.provider.calls).toEqual(['create', 'confirm', 'retrieve']);
  });

  it('confirms again under the same key when the confirmation did not arrive', async () => {
    const world = worldWith({ confirm: ['lost-before'] });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(stateOf(world, orderId)).toBe('charging');
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    expect(stateOf(world, orderId)).toBe('confirmed');
  });

  it('gets the same intent when the answer to its creation was lost', async () => {
    const world = worldWith({ create: ['lost-after'] });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(stateOf(world, orderId)).toBe('confirmed');
    expect(world.provider.intents.size).toBe(1);
  });

  it('creates the next intent under another key after a stored fault', async () => {
    const world = worldWith({ create: ['stored-fault'] });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    await world.payments.chargeOrder(quoteFor(orderId));
    expect(orderIn(world, orderId)).toMatchObject({
      state: 'confirmed',
      intentId: `pi_${orderId}_2`,
    });
  });

  it('leaves the order to the deadline after a stored fault of the confirmation', async () => {
    const world = worldWith({ confirm: ['stored-fault'] });
    const orderId = await placeTwoCups(world);
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await world.payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await world.payments.settleOverdue(orderId)).toBe('settled');
    expect(orderIn(world, orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    expect([...world.provider.intents.values()].map(({ status }) => status)).toEqual(['cancelled']);
  });
});
