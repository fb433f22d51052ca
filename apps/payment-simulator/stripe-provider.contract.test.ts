import { startDataPlane } from '@triptych/local-cloud';
import { stripeProvider } from '@triptych/payments/adapters';
import type { PaymentProvider } from '@triptych/payments/core';
import { Secret } from '@triptych/platform/config';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providerKey } from './testing/running-simulator.ts';
import { simulatedStripe } from './testing/simulated-stripe.ts';

const simulated = simulatedStripe(startDataPlane);
let provider: PaymentProvider;
let tests = 0;

const connect = (timeoutMs: number) =>
  stripeProvider({ url: simulated.simulator.url, key: new Secret(providerKey), timeoutMs });

beforeAll(() => {
  provider = connect(20_000);
});
beforeEach(() => {
  tests += 1;
});

const request = (paymentMethod = 'pm_card_visa', attempt = 1) => ({
  orderId: `order-${tests}`,
  attempt,
  amount: { amountCents: 2400, currency: 'usd' },
  paymentMethod,
});
const key = () => `order-order-${tests}-confirm`;

async function intentOf(paymentMethod?: string): Promise<string> {
  const made = await provider.createIntent(request(paymentMethod));
  return made.kind === 'created' ? made.intent.id : expect.fail('no intent was made');
}

describe('charging through the SDK', () => {
  it('makes an open intent for the order, the same for the same attempt', async () => {
    const made = await provider.createIntent(request());
    expect(made).toMatchObject({
      kind: 'created',
      intent: { orderId: `order-${tests}`, status: 'open', amount: { amountCents: 2400 } },
    });
    expect(await provider.createIntent(request())).toEqual(made);
    expect(await provider.createIntent(request('pm_card_visa', 2))).not.toEqual(made);
  });

  it('confirms it, and finds it succeeded', async () => {
    const id = await intentOf();
    expect(await provider.confirmIntent(id, key())).toMatchObject({ id, status: 'succeeded' });
    expect(await provider.confirmIntent(id, key())).toMatchObject({ id, status: 'succeeded' });
    expect(await provider.retrieveIntent(id)).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    'pm_card_visa_chargeDeclined',
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    'pm_card_authenticationRequired',
  ])('takes %s for a decline, and finds it again', async (card) => {
    const id = await intentOf(card);
    expect(await provider.confirmIntent(id, key())).toMatchObject({ id, status: 'declined' });
    expect(await provider.retrieveIntent(id)).toMatchObject({ id, status: 'declined' });
  });

  it('reports a card and an amount that nobody takes as refused', async () => {
    expect(await provider.createIntent(request('pm_card_none'))).toEqual({
      kind: 'refused',
      code: 'resource_missing',
    });
    const cheap = { ...request(), amount: { amountCents: 1, currency: 'usd' } };
    expect(await provider.createIntent(cheap)).toMatchObject({ kind: 'refused' });
  });

  it('cancels an open intent, twice without harm, and never a charged one', async () => {
    const open = await intentOf();
    expect(await provider.cancelIntent(open)).toMatchObject({ status: 'cancelled' });
    expect(await provider.cancelIntent(open)).toBe('unknown');
    expect(await provider.retrieveIntent(open)).toMatchObject({ status: 'cancelled' });
    const made = await provider.createIntent(request('pm_card_visa', 2));
    const charged = made.kind === 'created' ? made.intent.id : '';
    await provider.confirmIntent(charged, key());
    expect(await provider.cancelIntent(charged)).toBe('unknown');
    expect(await provider.retrieveIntent(charged)).toMatchObject({ status: 'succeeded' });
  });
});

describe('without an answer', () => {
  it('a confirmation is unknown, not failed, though it was carried out', async () => {
    const id = await intentOf();
    await simulated.simulator.control('POST', 'behaviour', {
      dropAnswers: 1,
      operations: ['confirm'],
    });
    expect(await connect(500).confirmIntent(id, key())).toBe('unknown');
    await simulated.simulator.unanswered('confirm');
    expect(await provider.retrieveIntent(id)).toMatchObject({ status: 'succeeded' });
  });

  it('an intent is unknown, and comes with the next try of the same attempt', async () => {
    await simulated.simulator.control('POST', 'behaviour', { dropAnswers: 1 });
    const lost = await connect(500).createIntent(request());
    expect(lost).toEqual({ kind: 'unknown', keySpent: false });
    await simulated.simulator.unanswered('create');
    expect(await provider.createIntent(request())).toMatchObject({ kind: 'created' });
  });

  it('a stored fault spends the key of the attempt', async () => {
    await simulated.simulator.control('POST', 'behaviour', { failWith500: 1 });
    const fault = { kind: 'unknown', keySpent: true };
    expect(await provider.createIntent(request())).toEqual(fault);
    expect(await provider.createIntent(request())).toEqual(fault);
    expect(await provider.createIntent(request('pm_card_visa', 2))).toMatchObject({
      kind: 'created',
    });
  });

  it('everything is unknown while nobody is there, or while the key is wrong', async () => {
    const nobody = stripeProvider({ url: 'http://127.0.0.1:9', key: new Secret('sk_test_x') });
    expect(await nobody.retrieveIntent('pi_1')).toBe('unknown');
    expect(await nobody.createIntent(request())).toMatchObject({ kind: 'unknown' });
    const wrong = stripeProvider({
      url: simulated.simulator.url,
      key: new Secret('sk_test_wrong'),
    });
    expect(await wrong.createIntent(request())).toEqual({ kind: 'unknown', keySpent: false });
  });
});
