import { startDataPlane } from '@triptych/platform/testing/data-plane';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { PROVIDER_KEY } from '../testing/running-simulator.ts';
import { failure, simulatedStripe } from '../testing/simulated-stripe.ts';

const shop = simulatedStripe(startDataPlane);
const { connect, newKey, create, confirm, events } = shop;

describe('the simulator with faults', () => {
  it('carries out a request that it does not answer', async () => {
    const { id } = await create();
    const drop = { dropAnswers: 1, operations: ['confirm'] };
    await shop.simulator.control('POST', 'behaviour', drop);
    const request = { error_on_requires_action: true };
    const options = { idempotencyKey: newKey() };
    const impatient = connect(PROVIDER_KEY, 500);
    const error = await failure(impatient.paymentIntents.confirm(id, request, options));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    await shop.simulator.unanswered('confirm');
    expect(await shop.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
    expect(await confirm(id, { idempotencyKey: newKey() })).toMatchObject({ status: 'succeeded' });
  });

  it('fails until it is reset, and for at most ten minutes', async () => {
    await shop.simulator.control('POST', 'behaviour', { failWith500: true });
    await failure(create());
    await failure(create());
    shop.simulator.clock.nowMs += 10 * 60_000 + 1_000;
    await create();
  });

  it("answers like a gateway, which Stripe's library takes for success, and does nothing", async () => {
    const { id } = await create();
    await shop.simulator.control('POST', 'behaviour', { failAtGateway: 3 });
    const answers = [
      await create(),
      await confirm(id),
      await shop.stripe.paymentIntents.retrieve(id),
    ];
    expect(answers).toEqual(Array(3).fill({ message: 'Service Unavailable' }));
    expect(answers.map(({ lastResponse }) => lastResponse.statusCode)).toEqual([503, 503, 503]);
    const { status } = await shop.stripe.paymentIntents.retrieve(id);
    expect(status).toBe('requires_confirmation');
  });

  it('sends an event that it could not enqueue when the request is repeated', async () => {
    const { id } = await create();
    shop.simulator.queue.isDown = true;
    expect((await failure(confirm(id, { idempotencyKey: newKey() }))).statusCode).toBe(500);
    expect(await events()).toEqual([]);
    shop.simulator.queue.isDown = false;
    expect(await confirm(id, { idempotencyKey: newKey() })).toMatchObject({ status: 'succeeded' });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.succeeded']);
    await shop.stripe.paymentIntents.retrieve(id);
    expect(await events()).toEqual([]);
  });

  it('rejects an invalid behaviour, and requests without the key', async () => {
    const tooSlow = await shop.simulator.control('POST', 'behaviour', { latencyMs: 60_000 });
    expect(tooSlow.status).toBe(400);
    expect((await fetch(`${shop.simulator.url}/_control/statement`)).status).toBe(401);
  });
});

describe('the statement', () => {
  it('returns every intent once over all pages', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => create()));
    await confirm(made[0]?.id ?? '');
    const charges: { intentId: string; status: string; orderId: string; amountCents: number }[] =
      [];
    let cursor = '';
    do {
      const page = await shop.simulator.control('GET', `statement?limit=5${cursor}`);
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
