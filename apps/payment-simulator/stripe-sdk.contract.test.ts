import { type DataPlane, startDataPlane } from '@triptych/local-cloud';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providerKey, type RunningSimulator, startSimulator } from './testing/running-simulator.ts';

let plane: DataPlane;
let simulator: RunningSimulator;
let stripe: Stripe;
let tests = 0;
/** A key that no other test uses. */
const newKey = (name = 'key') => `${name}-${tests}`;

const connect = (apiKey = providerKey, timeout = 5_000) => {
  const { hostname, port } = new URL(simulator.url);
  const options = { host: hostname, port, protocol: 'http' as const };
  return new Stripe(apiKey, { ...options, maxNetworkRetries: 0, timeout, telemetry: false });
};

beforeAll(async () => {
  plane = await startDataPlane();
  simulator = await startSimulator(plane);
  stripe = connect();
});
afterAll(async () => {
  await simulator.stop();
  await plane.stop();
});
beforeEach(async () => {
  tests += 1;
  await simulator.control('DELETE', 'behaviour');
  while ((await simulator.receive()).length > 0);
});

const create = (payment_method = 'pm_card_visa', options?: Stripe.RequestOptions) =>
  stripe.paymentIntents.create(
    {
      amount: 2400,
      currency: 'usd',
      payment_method,
      allowed_payment_method_types: ['card'],
      metadata: { orderId: 'order-1' },
    },
    options,
  );
const confirm = (id: string, options?: Stripe.RequestOptions) =>
  stripe.paymentIntents.confirm(id, { error_on_requires_action: true }, options);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error as Stripe.errors.StripeError,
  );
const events = async () =>
  (await simulator.receive()).map(
    ({ Body }) => JSON.parse(JSON.parse(Body ?? '').detail.payload) as Stripe.Event,
  );

describe('a payment intent', () => {
  it('is made unconfirmed, and retrieved as it is', async () => {
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
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id });
    expect(await events()).toEqual([]);
  });

  it('succeeds when confirmed, and tells it by one event', async () => {
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

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required'],
  ])('with %s fails as a card error, with its event', async (card, code, decline_code) => {
    const { id } = await create(card);
    const error = await failure(confirm(id));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({
      statusCode: 402,
      code,
      decline_code,
      payment_intent: { id, status: 'requires_payment_method' },
    });
    const after = await stripe.paymentIntents.retrieve(id);
    expect(after.last_payment_error).toMatchObject({ code, decline_code });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.payment_failed']);
  });

  it('asks for action when the client did not rule that out', async () => {
    const { id } = await create('pm_card_authenticationRequired');
    expect(await stripe.paymentIntents.confirm(id)).toMatchObject({ status: 'requires_action' });
  });

  it('may be cancelled while open, and can then not be confirmed', async () => {
    const { id } = await create();
    const cancelled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(cancelled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await failure(confirm(id))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      payment_intent: { status: 'canceled' },
    });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.canceled']);
  });

  it('is confirmed or cancelled, never both, when both are asked for at once', async () => {
    const { id } = await create();
    const [confirmed, cancelled] = await Promise.allSettled([
      confirm(id),
      stripe.paymentIntents.cancel(id),
    ]);
    expect([confirmed.status, cancelled.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await events()).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  it('gives the same intent again, and charges once', async () => {
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

  it('gives racers one intent', async () => {
    const racers = Array.from({ length: 6 }, () =>
      create('pm_card_visa', { idempotencyKey: newKey() }),
    );
    const ids = (await Promise.all(racers)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
  });

  it('is refused for other parameters', async () => {
    await create('pm_card_visa', { idempotencyKey: newKey() });
    const error = await failure(create('pm_card_mastercard', { idempotencyKey: newKey() }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error.statusCode).toBe(400);
  });

  it('replays a stored fault for as long as it is kept', async () => {
    await simulator.control('POST', 'behaviour', { failWith500: 1 });
    const options = { idempotencyKey: newKey() };
    expect((await failure(create('pm_card_visa', options))).statusCode).toBe(500);
    expect((await failure(create('pm_card_visa', options))).statusCode).toBe(500);
    expect(await create('pm_card_visa')).toMatchObject({ status: 'requires_confirmation' });
  });
});

describe('a request that cannot be', () => {
  it('carries the wrong key', async () => {
    const error = await failure(connect('sk_test_wrong').paymentIntents.retrieve('pi_1'));
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  it.each([
    ['an unknown card', { payment_method: 'pm_card_none' }, 'resource_missing', 'payment_method'],
    ['too little', { amount: 49 }, 'amount_too_small', 'amount'],
    ['what nobody knows', { colour: 'red' }, 'parameter_unknown', 'colour'],
    [
      'a parameter of the past',
      { payment_method_types: ['card'] },
      'payment_method_types_no_longer_supported',
      'payment_method_types',
    ],
  ])('asks for %s', async (_, change, code, param) => {
    const request = {
      amount: 2400,
      currency: 'usd',
      ...change,
    } as Stripe.PaymentIntentCreateParams;
    const error = await failure(stripe.paymentIntents.create(request));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, code, param });
  });

  it('names an intent that does not exist', async () => {
    const error = await failure(stripe.paymentIntents.retrieve('pi_none'));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent' });
  });
});

describe('on a bad day', () => {
  it('carries out what it does not answer', async () => {
    const { id } = await create();
    const drop = { dropAnswers: 1, operations: ['confirm'] };
    await simulator.control('POST', 'behaviour', drop);
    const request = { error_on_requires_action: true };
    const options = { idempotencyKey: newKey() };
    const impatient = connect(providerKey, 500);
    const error = await failure(impatient.paymentIntents.confirm(id, request, options));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
    expect(await confirm(id, { idempotencyKey: newKey() })).toMatchObject({ status: 'succeeded' });
  });

  it('stays bad until it is reset, and at most ten minutes', async () => {
    await simulator.control('POST', 'behaviour', { failWith500: true });
    await failure(create());
    await failure(create());
    simulator.clock.nowMs += 10 * 60_000 + 1_000;
    await create();
  });

  it('sends an event that it could not enqueue when the request is repeated', async () => {
    const { id } = await create();
    simulator.queue.isAway = true;
    expect((await failure(confirm(id, { idempotencyKey: newKey() }))).statusCode).toBe(500);
    expect(await events()).toEqual([]);
    simulator.queue.isAway = false;
    expect(await confirm(id, { idempotencyKey: newKey() })).toMatchObject({ status: 'succeeded' });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.succeeded']);
    await stripe.paymentIntents.retrieve(id);
    expect(await events()).toEqual([]);
  });

  it('refuses behaviour out of bounds, and strangers', async () => {
    const tooSlow = await simulator.control('POST', 'behaviour', { latencyMs: 60_000 });
    expect(tooSlow.status).toBe(400);
    expect((await fetch(`${simulator.url}/_control/statement`)).status).toBe(401);
  });
});

describe('the statement', () => {
  it('shows every intent once, over all pages', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => create()));
    await confirm(made[0]?.id ?? '');
    const charges: { intentId: string; status: string; orderId: string; amountCents: number }[] =
      [];
    let cursor = '';
    do {
      const page = await simulator.control('GET', `statement?limit=5${cursor}`);
      const { charges: some, nextCursor } = (await page.json()) as {
        charges: typeof charges;
        nextCursor: string | null;
      };
      expect(some.length).toBeLessThanOrEqual(5);
      charges.push(...some);
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    const ids = charges.map(({ intentId }) => intentId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of made) expect(ids).toContain(id);
    expect(charges.find(({ intentId }) => intentId === made[0]?.id)).toEqual({
      intentId: made[0]?.id,
      orderId: 'order-1',
      amountCents: 2400,
      currency: 'usd',
      status: 'succeeded',
    });
  });
});
