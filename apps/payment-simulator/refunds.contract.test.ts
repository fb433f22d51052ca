import { startDataPlane } from '@triptych/platform/testing/data-plane';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { failure, simulatedStripe } from './testing/simulated-stripe.ts';

const shop = simulatedStripe(startDataPlane);
const { newKey, create, confirm, events } = shop;

/** Creates a succeeded intent of 24.00 and removes its event from the queue. */
async function charged(card?: string): Promise<string> {
  const { id } = await create(card);
  await confirm(id);
  await events();
  return id;
}
const refund = (payment_intent: string, amount?: number, options?: Stripe.RequestOptions) => {
  const metadata = { orderId: 'order-1', refundId: 'r1' };
  const request = { payment_intent, metadata, ...(amount === undefined ? {} : { amount }) };
  return shop.stripe.refunds.create(request, options);
};

describe('a refund', () => {
  it('pays back a part, then the rest, and sends events for each', async () => {
    const intent = await charged();
    const part = await refund(intent, 1000);
    expect(part).toMatchObject({
      object: 'refund',
      amount: 1000,
      currency: 'usd',
      payment_intent: intent,
      metadata: { orderId: 'order-1', refundId: 'r1' },
      status: 'succeeded',
    });
    const told = await events();
    expect(told.map(({ type }) => type).toSorted()).toEqual(['charge.refunded', 'refund.created']);
    expect(told.find(({ type }) => type === 'charge.refunded')).toMatchObject({
      data: {
        object: { amount_refunded: 1000, refunded: false, metadata: { orderId: 'order-1' } },
      },
    });
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
    expect(await refund(intent)).toMatchObject({ amount: 1400 });
    expect(await shop.stripe.refunds.retrieve(part.id)).toMatchObject({
      id: part.id,
      amount: 1000,
    });
  });

  it('is made once for eight concurrent requests with the same key', async () => {
    const intent = await charged();
    const options = { idempotencyKey: newKey() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refund(intent, undefined, options)),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it('never exceeds the charge, even with concurrent requests', async () => {
    const intent = await charged();
    const two = await Promise.allSettled([refund(intent, 1300), refund(intent, 1300)]);
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await failure(refund(intent, 1101))).toMatchObject({ statusCode: 400, param: 'amount' });
    await refund(intent, 1100);
    expect(await failure(refund(intent, 1))).toMatchObject({ code: 'charge_already_refunded' });
  });

  it('is made once per key', async () => {
    const intent = await charged();
    const first = await refund(intent, 500, { idempotencyKey: newKey() });
    expect((await refund(intent, 500, { idempotencyKey: newKey() })).id).toBe(first.id);
    expect((await shop.stripe.refunds.list({ payment_intent: intent })).data).toHaveLength(1);
  });

  it.each([
    ['pm_card_pendingRefund', 'pending', 'refund.updated', 'succeeded'],
    ['pm_card_refundFail', 'succeeded', 'refund.failed', 'failed'],
  ])('of %s is %s at first and then sends %s', async (card, first, event, last) => {
    const intent = await charged(card);
    const made = await refund(intent, 700);
    expect(made.status).toBe(first);
    const told = await events();
    expect(told.find(({ type }) => type === event)).toMatchObject({
      data: { object: { id: made.id, status: last } },
    });
    expect(await shop.stripe.refunds.retrieve(made.id)).toMatchObject({ status: last });
  });

  it('is rejected for an intent that took no money and for an unknown one', async () => {
    const { id } = await create();
    expect(await failure(refund(id, 1))).toMatchObject({ param: 'payment_intent' });
    expect(await failure(refund('pi_none', 1))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
    });
    const nameless = shop.stripe.refunds.create({ amount: 1 });
    expect(await failure(nameless)).toMatchObject({ code: 'parameter_missing' });
    const missing = await failure(shop.stripe.refunds.retrieve('re_none'));
    expect(missing).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(missing.statusCode).toBe(404);
  });
});

describe('a list', () => {
  it('returns charges or refunds newest first, each once over all pages', async () => {
    shop.simulator.clock.nowMs += 60_000;
    const since = Math.floor(shop.simulator.clock.nowMs / 1000);
    const made: string[] = [];
    for (let second = 0; second < 5; second += 1) {
      const intent = await charged();
      await refund(intent, 100);
      made.unshift(intent);
      shop.simulator.clock.nowMs += 1_000;
    }
    await create();
    const query = { created: { gte: since }, limit: 2 };
    const charges = await Array.fromAsync(shop.stripe.charges.list(query));
    expect(charges.map(({ payment_intent }) => payment_intent)).toEqual(made);
    expect(charges[0]).toMatchObject({ status: 'succeeded', amount: 2400, amount_refunded: 100 });
    const refunds = await Array.fromAsync(shop.stripe.refunds.list(query));
    expect(refunds.map(({ payment_intent }) => payment_intent)).toEqual(made);
    const later = { created: { gte: since + 3 } };
    expect((await shop.stripe.charges.list(later)).data).toHaveLength(2);
  });

  it('of one intent returns its charge or its refunds', async () => {
    const intent = await charged();
    for (const amount of [1, 2, 3]) await refund(intent, amount);
    const query = { payment_intent: intent, limit: 2 };
    const refunds = await Array.fromAsync(shop.stripe.refunds.list(query));
    expect(refunds.map(({ amount }) => amount)).toEqual([3, 2, 1]);
    const { data } = await shop.stripe.charges.list({ payment_intent: intent });
    expect(data).toMatchObject([{ amount_refunded: 6 }]);
  });

  it('rejects an invalid limit and an unknown parameter', async () => {
    expect(await failure(shop.stripe.charges.list({ limit: 101 }))).toMatchObject({
      param: 'limit',
    });
    const odd = { colour: 'red' } as Stripe.RefundListParams;
    expect(await failure(shop.stripe.refunds.list(odd))).toMatchObject({ param: 'colour' });
  });
});
