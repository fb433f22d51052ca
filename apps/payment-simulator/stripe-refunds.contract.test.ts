import { startDataPlane } from '@triptych/local-cloud';
import { stripeProvider } from '@triptych/payments/adapters';
import type { PaymentProvider, ProviderRefund, ProviderStatement } from '@triptych/payments/core';
import { Secret } from '@triptych/platform/config';
import { span, withTraceparent } from '@triptych/platform/telemetry';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providerKey } from './testing/running-simulator.ts';
import { simulatedStripe } from './testing/simulated-stripe.ts';

const simulated = simulatedStripe(startDataPlane);
let provider: PaymentProvider & ProviderStatement;
let tests = 0;

const connect = (timeoutMs: number, url = simulated.simulator.url) =>
  stripeProvider({ url, key: new Secret(providerKey), timeoutMs });

beforeAll(() => {
  provider = connect(20_000);
});
beforeEach(() => {
  tests += 1;
});

async function charged(paymentMethod = 'pm_card_visa'): Promise<string> {
  const orderId = `order-${tests}`;
  const amount = { amountCents: 2400, currency: 'usd' };
  const made = await provider.createIntent({ orderId, attempt: 1, amount, paymentMethod });
  const intentId = made.kind === 'created' ? made.intent.id : expect.fail('no intent was made');
  await provider.confirmIntent(intentId, `order-${orderId}-confirm`);
  return intentId;
}
const request = (intentId: string, amountCents = 1000, attempt = 1) => ({
  orderId: `order-${tests}`,
  refundId: `refund-${tests}`,
  attempt,
  intentId,
  amount: { amountCents, currency: 'usd' },
});

describe('paying back through the SDK', () => {
  it('makes a refund that knows our ids, once per attempt, and lists it', async () => {
    const intentId = await charged();
    const made = await provider.createRefund(request(intentId));
    expect(made).toMatchObject({
      kind: 'created',
      refund: {
        intentId,
        orderId: `order-${tests}`,
        refundId: `refund-${tests}`,
        status: 'succeeded',
        amount: { amountCents: 1000, currency: 'usd' },
      },
    });
    expect(await provider.createRefund(request(intentId))).toEqual(made);
    const { refund } = made as { refund: ProviderRefund };
    expect(await provider.listRefunds(intentId)).toEqual([refund]);
  });

  it('is refused what is not there to be paid back', async () => {
    const intentId = await charged();
    const refused = { kind: 'refused' };
    expect(await provider.createRefund(request(intentId, 2401))).toMatchObject(refused);
    expect(await provider.createRefund(request('pi_none'))).toMatchObject(refused);
  });

  it('is unknown when the answer is lost or a fault is stored', async () => {
    const intentId = await charged();
    await simulated.simulator.control('POST', 'behaviour', {
      dropAnswers: 1,
      operations: ['refund'],
    });
    const lost = await connect(400).createRefund(request(intentId));
    expect(lost).toEqual({ kind: 'unknown', keySpent: false });
    await simulated.simulator.unanswered('refund');
    expect(await provider.listRefunds(intentId)).toHaveLength(1);
    await simulated.simulator.control('POST', 'behaviour', {
      failWith500: 1,
      operations: ['refund'],
    });
    const fault = await provider.createRefund(request(intentId, 1000, 2));
    expect(fault).toEqual({ kind: 'unknown', keySpent: true });
    await simulated.simulator.control('POST', 'behaviour', { failWith500: true });
    expect(await provider.listRefunds(intentId)).toBe('unknown');
  });
});

describe('the statement', () => {
  it('holds what was taken and paid back since a moment, with our ids', async () => {
    simulated.simulator.clock.nowMs += 60_000;
    const sinceMs = simulated.simulator.clock.nowMs;
    const intentId = await charged('pm_card_refundFail');
    await provider.createRefund(request(intentId));
    const entries = await Array.fromAsync(provider.statement(sinceMs));
    expect(entries).toMatchObject([
      { kind: 'charge', intentId, orderId: `order-${tests}`, amount: { amountCents: 2400 } },
      { kind: 'refund', intentId, refundId: `refund-${tests}`, status: 'failed' },
    ]);
    expect(entries[0]?.atMs).toBeGreaterThanOrEqual(sinceMs - 1_000);
    expect(await Array.fromAsync(provider.statement(sinceMs + 60_000))).toEqual([]);
  });

  it('is unavailable, not short, when the provider does not give it', async () => {
    await simulated.simulator.control('POST', 'behaviour', { failWith500: true });
    const reading = Array.fromAsync(provider.statement(0));
    await expect(reading).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'unavailable',
      retryAfterSeconds: 30,
    });
    const away = Array.fromAsync(connect(300, 'http://127.0.0.1:9').statement(0));
    await expect(away).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

it('carries the trace to the provider, which hands it on with the webhook', async () => {
  const traceId = 'a'.repeat(32);
  const intentId = await charged();
  while ((await simulated.simulator.receive()).length > 0);
  await withTraceparent(`00-${traceId}-${'b'.repeat(16)}-01`, () =>
    span('test', {}, () => provider.createRefund(request(intentId))),
  );
  const [message] = await simulated.simulator.receive();
  expect(JSON.parse(message?.Body ?? '{}').detail.traceparent).toContain(`00-${traceId}-`);
});
