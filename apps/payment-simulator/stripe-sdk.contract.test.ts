import { startDataPlane } from '@triptych/platform/testing/data-plane';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { failure, simulatedStripe } from './testing/simulated-stripe.ts';

const shop = simulatedStripe(startDataPlane);
const { connect, newKey, create, confirm, events } = shop;

describe('a payment intent', () => {
  it('is created unconfirmed and can be retrieved', async () => {
    const intent = await create();
    expect(intent).toMatchObject({
      object: 'payment_intent',
      amount: 2400,
      amount_received: 0,
      currency: 'usd',
      status: 'requires_confirmation',
      metadata: { orderId: 'order-1' },
      payment_method_types: ['card'],
      livemode: false,
    });
    expect(intent.id).toMatch(/^pi_/);
    expect(await shop.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id });
    expect(await events()).toEqual([]);
  });

  it('succeeds when it is confirmed, with one event', async () => {
    const { id } = await create();
    const intent = await confirm(id);
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2400 });
    expect(intent.latest_charge).toMatch(/^ch_/);
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id, status: 'succeeded', metadata: { orderId: 'order-1' } } },
    });
    expect(event?.id).toMatch(/^evt_/);
  });

  it('requires action unless the client turns that into an error', async () => {
    const { id } = await create('pm_card_authenticationRequired');
    expect(await shop.stripe.paymentIntents.confirm(id)).toMatchObject({
      status: 'requires_action',
    });
  });

  it('can be cancelled while it is open, and cannot be confirmed afterwards', async () => {
    const { id } = await create();
    const cancelled = await shop.stripe.paymentIntents.cancel(id, {
      cancellation_reason: 'abandoned',
    });
    expect(cancelled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await failure(confirm(id))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      payment_intent: { status: 'canceled' },
    });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.canceled']);
  });

  it('is either confirmed or cancelled by concurrent requests', async () => {
    const { id } = await create();
    const [confirmed, cancelled] = await Promise.allSettled([
      confirm(id),
      shop.stripe.paymentIntents.cancel(id),
    ]);
    expect([confirmed.status, cancelled.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await events()).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  it('returns the same intent and charges once', async () => {
    const first = await create('pm_card_visa', { idempotencyKey: newKey('create') });
    const again = await create('pm_card_visa', { idempotencyKey: newKey('create') });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await confirm(first.id, { idempotencyKey: newKey('confirm') });
    expect(await confirm(first.id, { idempotencyKey: newKey('confirm') })).toMatchObject({
      status: 'succeeded',
    });
    expect(await events()).toHaveLength(1);
  });

  it('replays a decline', async () => {
    const { id } = await create('pm_card_visa_chargeDeclined');
    const first = await failure(confirm(id, { idempotencyKey: newKey() }));
    const again = await failure(confirm(id, { idempotencyKey: newKey() }));
    expect(again.code).toBe('card_declined');
    expect(again.raw).toMatchObject({ message: first.message });
  });

  it('returns one intent to concurrent requests', async () => {
    const racers = Array.from({ length: 6 }, () =>
      create('pm_card_visa', { idempotencyKey: newKey() }),
    );
    const ids = (await Promise.all(racers)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
  });

  it('is rejected with other parameters', async () => {
    await create('pm_card_visa', { idempotencyKey: newKey() });
    const error = await failure(create('pm_card_mastercard', { idempotencyKey: newKey() }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error.statusCode).toBe(400);
  });

  it('replays a stored fault', async () => {
    await shop.simulator.control('POST', 'behaviour', { failWith500: 1 });
    const options = { idempotencyKey: newKey() };
    expect((await failure(create('pm_card_visa', options))).statusCode).toBe(500);
    expect((await failure(create('pm_card_visa', options))).statusCode).toBe(500);
    expect(await create('pm_card_visa')).toMatchObject({ status: 'requires_confirmation' });
  });
});

describe('an invalid request', () => {
  it('with a wrong key is rejected', async () => {
    const error = await failure(connect('sk_test_wrong').paymentIntents.retrieve('pi_1'));
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  it('for an unknown card names it', async () => {
    const { message } = await failure(create('pm_card_none'));
    expect(message).toBe("No such PaymentMethod: 'pm_card_none'");
  });

  it.each([
    [
      'an amount below the minimum of its currency',
      { amount: 29, currency: 'gbp' },
      'amount_too_small',
      'amount',
    ],
    ['an unknown card', { payment_method: 'pm_card_none' }, 'resource_missing', 'payment_method'],
    ['an amount that is too small', { amount: 49 }, 'amount_too_small', 'amount'],
    ['an unknown parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
    [
      'a removed parameter',
      { payment_method_types: ['card'] },
      'payment_method_types_no_longer_supported',
      'payment_method_types',
    ],
  ])('with %s is rejected', async (_, change, code, param) => {
    const request = {
      amount: 2400,
      currency: 'usd',
      ...change,
    } as Stripe.PaymentIntentCreateParams;
    const error = await failure(shop.stripe.paymentIntents.create(request));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, code, param });
  });

  it('for an unknown intent names its id', async () => {
    const error = await failure(shop.stripe.paymentIntents.retrieve('pi_none'));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent' });
  });
});
