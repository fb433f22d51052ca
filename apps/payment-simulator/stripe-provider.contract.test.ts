import { stripeProvider } from '@triptych/payments/adapters';
import { type ProviderUnderTest, providerContract } from '@triptych/payments/testing';
import { Secret } from '@triptych/platform/config';
import { span, withTraceparent } from '@triptych/platform/telemetry';
import { startDataPlane } from '@triptych/platform/testing/data-plane';
import { describe, expect, it } from 'vitest';
import type { Operation } from './control/behaviour.ts';
import { PROVIDER_KEY } from './testing/running-simulator.ts';
import { simulatedStripe } from './testing/simulated-stripe.ts';

type ProviderCall = Parameters<ProviderUnderTest['failNext']>[0];

/** Nothing listens on the discard port. */
const UNREACHABLE_URL = 'http://127.0.0.1:9';
const PATIENCE_MS = 20_000;
const IMPATIENCE_MS = 500;

const simulated = simulatedStripe(startDataPlane);

const connect = (timeoutMs: number, key = PROVIDER_KEY, url = simulated.simulator.url) =>
  stripeProvider({ url, key: new Secret(key), timeoutMs });

/** The statement is read from lists. */
const operationOf = (call: ProviderCall): Operation => (call === 'statement' ? 'list' : call);

const misbehave = async (behaviour: object) => {
  await simulated.simulator.control('POST', 'behaviour', behaviour);
};

providerContract("Stripe's adapter with the simulator", async () => ({
  provider: connect(PATIENCE_MS),
  clock: simulated.simulator.clock,
  async withoutAnswer(name, call) {
    const operation = operationOf(name);
    await misbehave({ dropAnswers: 1, operations: [operation] });
    const answer = await call(connect(IMPATIENCE_MS));
    await simulated.simulator.unanswered(operation);
    return answer;
  },
  failNext: (name) => misbehave({ failWith500: 1, operations: [operationOf(name)] }),
  failAll: () => misbehave({ failWith500: true }),
}));

describe("Stripe's adapter", () => {
  const request = {
    orderId: 'order-of-adapter',
    attempt: 1,
    amount: { amountCents: 2400, currency: 'usd' },
    paymentMethod: 'pm_card_visa',
  };
  const unknown = { kind: 'unknown', keySpent: false };

  it('answers unknown while the provider is unreachable, and returns no statement', async () => {
    const unreachable = connect(PATIENCE_MS, PROVIDER_KEY, UNREACHABLE_URL);
    expect(await unreachable.retrieveIntent('pi_1')).toBe('unknown');
    expect(await unreachable.createIntent(request)).toEqual(unknown);
    const reading = Array.fromAsync(unreachable.statement(0));
    await expect(reading).rejects.toMatchObject({ kind: 'unavailable', code: 'unavailable' });
  });

  it('answers unknown, not refused, while its key is wrong', async () => {
    expect(await connect(PATIENCE_MS, 'sk_test_wrong').createIntent(request)).toEqual(unknown);
  });

  it('sends the trace to the provider, whose webhooks carry it', async () => {
    const traceId = 'a'.repeat(32);
    const provider = connect(PATIENCE_MS);
    const created = await provider.createIntent(request);
    const intentId = created.kind === 'created' ? created.intent.id : expect.fail('no intent');
    await provider.confirmIntent(intentId, 'confirm-of-adapter');
    while ((await simulated.simulator.receive()).length > 0);
    const { orderId, amount } = request;
    await withTraceparent(`00-${traceId}-${'b'.repeat(16)}-01`, () =>
      span('test', {}, () =>
        provider.createRefund({ orderId, refundId: 'r1', attempt: 1, intentId, amount }),
      ),
    );
    const [message] = await simulated.simulator.receive();
    expect(JSON.parse(message?.Body ?? '{}').detail.traceparent).toContain(`00-${traceId}-`);
  });
});
