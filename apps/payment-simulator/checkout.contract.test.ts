import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  canonicalFingerprint,
  dynamoPayments,
  stripeProvider,
  stripeWebhooks,
} from '@triptych/payments/adapters';
import { createPayments, type Payments } from '@triptych/payments/core';
import { paymentsApp, quoteFor, twoCups } from '@triptych/payments/testing';
import { Secret, systemClock } from '@triptych/platform/config';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { toQueueMessage } from '@triptych/platform/queue';
import { type DataPlane, startDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookDeliveries } from './delivery/deliver-webhooks.ts';
import {
  PROVIDER_KEY,
  type RunningSimulator,
  startSimulator,
} from './testing/running-simulator.ts';

const secret = new Secret('whsec_checkout');
let plane: DataPlane;
let simulator: RunningSimulator;
let payments: Payments;
/** Times out early, except when it creates an intent. */
let impatient: Payments;
let app: Awaited<ReturnType<typeof paymentsApp>>;
let client: DynamoDBClient;
let idCount = 0;

beforeAll(async () => {
  plane = await startDataPlane();
  simulator = await startSimulator(plane);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: plane.endpointUrl, region: 'us-east-1', credentials });
  const table = await plane.createTable({ name: 'payments' });
  const clock = systemClock;
  const ids = {
    next: () => {
      idCount += 1;
      return `id${idCount}`;
    },
  };
  const outbox = dynamoOutbox({ client, table });
  const relay = { committed() {} };
  const stores = dynamoPayments({ client, table, outbox, relay, clock, ids });
  const connect = (timeoutMs: number) =>
    stripeProvider({ url: simulator.url, key: new Secret(PROVIDER_KEY), timeoutMs });
  const paymentsWith = (provider: ReturnType<typeof connect>) =>
    createPayments({ ...stores, provider, fingerprint: canonicalFingerprint, clock, ids });
  const patient = connect(10_000);
  payments = paymentsWith(patient);
  impatient = paymentsWith({ ...connect(400), createIntent: patient.createIntent });
  const skipped = async () => {};
  app = await paymentsApp({
    payments,
    auth: { customer: skipped, admin: skipped },
    webhooks: stripeWebhooks({ secret, clock }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await simulator.stop();
  client.destroy();
  await plane.stop();
});

async function place(paymentMethod = 'pm_card_visa'): Promise<string> {
  idCount += 1;
  const { orderId } = await payments.placeOrder({
    accountId: 'ann',
    operation: 'POST /payments/orders',
    idempotencyKey: `key-${idCount}`,
    request: { ...twoCups, paymentMethod },
    present: ({ id }) => id,
  });
  return orderId;
}
const order = (orderId: string) =>
  payments.findOrder({ orderId, caller: { accountId: 'ann', role: 'customer' } });

/** Passes the messages of the simulator's delivery queue to its worker. */
async function deliverWebhooks(): Promise<void> {
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/payments/webhooks/stripe`;
  const handle = webhookDeliveries({ url, secret, clock: systemClock });
  for (const { MessageId = '', Body = '' } of await simulator.receive()) {
    const message = toQueueMessage({ id: MessageId, body: Body, attributes: {} });
    expect(await handle(message)).toBeUndefined();
  }
}

describe("the checkout with DynamoDB, Stripe's SDK and the simulator", () => {
  it('confirms an order, and a late webhook changes nothing', async () => {
    const orderId = await place();
    expect(await payments.chargeOrder(quoteFor(orderId))).toBe('settled');
    const confirmed = await order(orderId);
    expect(confirmed.state).toBe('confirmed');
    await deliverWebhooks();
    expect(await order(orderId)).toEqual(confirmed);
  });

  it('cancels a declined order', async () => {
    const orderId = await place('pm_card_visa_chargeDeclined');
    await payments.chargeOrder(quoteFor(orderId));
    expect(await order(orderId)).toMatchObject({ state: 'cancelled', reason: 'declined' });
    await deliverWebhooks();
  });

  it('settles an order by webhook when every answer is lost', async () => {
    const operations = ['confirm', 'retrieve', 'cancel'];
    await simulator.control('POST', 'behaviour', { dropAnswers: true, operations });
    const orderId = await place();
    expect(await impatient.chargeOrder(quoteFor(orderId))).toBe('undecided');
    await simulator.unanswered('confirm');
    expect(await impatient.settleOverdue(orderId)).toBe('undecided');
    expect((await order(orderId)).state).toBe('charging');
    await deliverWebhooks();
    expect((await order(orderId)).state).toBe('confirmed');
    await simulator.control('DELETE', 'behaviour');
  });

  it('cancels an order and its intent at the deadline when the charge failed', async () => {
    const behaviour = { failWith500: true, operations: ['confirm'] };
    await simulator.control('POST', 'behaviour', behaviour);
    const orderId = await place();
    expect(await payments.chargeOrder(quoteFor(orderId))).toBe('undecided');
    expect(await payments.settleOverdue(orderId)).toBe('settled');
    expect(await order(orderId)).toMatchObject({ state: 'cancelled', reason: 'deadline' });
    await simulator.control('DELETE', 'behaviour');
    await deliverWebhooks();
  });

  it('refunds orders, and ledger and provider agree', async () => {
    for (const card of ['pm_card_visa', 'pm_card_pendingRefund', 'pm_card_refundFail']) {
      const orderId = await place(card);
      await payments.chargeOrder(quoteFor(orderId));
      idCount += 1;
      const refundId = await payments.requestRefund({
        accountId: 'root',
        operation: 'POST /payments/orders/{id}/refunds',
        idempotencyKey: `refund-${idCount}`,
        orderId,
        request: { amountCents: 900, restock: [{ productId: 'cup', quantity: 1 }] },
        present: ({ id }) => id,
      });
      await payments.settleRefund({ orderId, refundId });
      await deliverWebhooks();
      const [refund] = await payments.listRefunds({
        orderId,
        caller: { accountId: 'ann', role: 'customer' },
      });
      const state = card === 'pm_card_refundFail' ? 'failed' : 'succeeded';
      expect(refund, card).toMatchObject({ id: refundId, state });
    }
    expect(await payments.reconcile(systemClock.now() - 60_000)).toEqual([]);
  });

  it("keeps a ledger that agrees with the provider's statement and sums to zero", async () => {
    await payments.chargeOrder(quoteFor(await place()));
    await payments.chargeOrder(quoteFor(await place('pm_card_visa_chargeDeclined')));
    const answer = await simulator.control('GET', 'statement');
    const { charges } = (await answer.json()) as {
      charges: { orderId: string; amountCents: number; status: string }[];
    };
    const charged = charges.filter(({ status }) => status === 'succeeded');
    for (const { orderId } of charged) expect((await order(orderId)).state).toBe('confirmed');
    const taken = charged.reduce((cents, { amountCents }) => cents + amountCents, 0);
    // Two of the three refunds above succeeded.
    const sum = taken - 2 * 900;
    const { accounts, sumCents } = await payments.readBalance();
    expect(accounts).toContainEqual({ account: 'provider', currency: 'usd', balanceCents: sum });
    expect(sumCents).toEqual({ usd: 0 });
    expect(charges.filter(({ status }) => status === 'requires_confirmation')).toEqual([]);
  });
});
