import { AppError } from '@triptych/platform/errors';
import { buildApp } from '@triptych/platform/http';
import { type Authenticate, authenticate, requireAdmin } from '@triptych/platform/tokens';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderReport } from '../core/index.ts';
import { newWorld, quoteFor, twoCups, type World } from '../testing/world.ts';
import { paymentsRoutes } from './index.ts';

type App = Awaited<ReturnType<typeof buildApp>>;
let app: App;
let world: World;

/** The token is the account's name. */
const customer = authenticate({
  verify: async (token) => ({ accountId: token, role: token === 'root' ? 'admin' : 'customer' }),
});
const auth: Authenticate = {
  customer,
  admin: async function adminOnly(request, reply) {
    await customer.call(this, request, reply);
    await requireAdmin.call(this, request, reply);
  },
};

async function verifyByWord(body: Uint8Array, signature?: string): Promise<ProviderReport> {
  if (signature !== `over ${body.length}`) {
    throw new AppError('validation', 'invalid-signature', 'No.');
  }
  return { eventId: 'evt_1' };
}

beforeEach(async () => {
  world = newWorld();
  app = await buildApp({
    config: {
      SERVICE_NAME: 'payments',
      VARIANT: 'microservices',
      LOG_LEVEL: 'error',
      TRUSTED_PROXIES: 0,
    },
    title: 'Payments',
    plugin: paymentsRoutes({ payments: world.payments, auth, webhooks: verifyByWord }),
  });
});
afterEach(() => app.close());

const place = (body: object, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/payments/orders',
    headers: { authorization: 'Bearer ann', 'idempotency-key': 'key-1', ...headers },
    payload: body,
  });

const get = (url: string, account: string) =>
  app.inject({ url, headers: { authorization: `Bearer ${account}`, 'x-request-id': 'same' } });

describe('POST /payments/orders', () => {
  it('accepts an order, says where it is, and shows it as placed', async () => {
    const answer = await place(twoCups);
    expect(answer.statusCode).toBe(202);
    const order = answer.json();
    expect(answer.headers.location).toBe(`/payments/orders/${order.id}`);
    expect(order).toMatchObject({
      state: 'placed',
      reason: null,
      total: null,
      lines: [{ productId: 'cup', quantity: 2 }],
      history: [{ state: 'placed', at: order.createdAt }],
    });
    expect(order).not.toHaveProperty('accountId');
  });

  it('answers a repeated request with the same bytes, even after the order has gone on', async () => {
    const first = await place(twoCups);
    await world.payments.chargeOrder(quoteFor(first.json().id));
    const { lines, expectedTotal, paymentMethod } = twoCups;
    const again = await place({ paymentMethod, expectedTotal, lines });
    expect(again.statusCode).toBe(202);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
  });

  it('refuses a key used for another body with 422, and a missing one with 400', async () => {
    await place(twoCups);
    const other = { ...twoCups, paymentMethod: 'pm_card_mastercard' };
    expect((await place(other)).json()).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    const missing = await app.inject({
      method: 'POST',
      url: '/payments/orders',
      headers: { authorization: 'Bearer ann' },
      payload: twoCups,
    });
    expect(missing.json()).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
  });

  it.each([
    ['no lines', { lines: [] }],
    [
      '41 lines',
      { lines: Array.from({ length: 41 }, (_, i) => ({ productId: `p${i}`, quantity: 1 })) },
    ],
    ['a quantity of zero', { lines: [{ productId: 'cup', quantity: 0 }] }],
    ['a quantity of 1000', { lines: [{ productId: 'cup', quantity: 1000 }] }],
    ['half a cup', { lines: [{ productId: 'cup', quantity: 0.5 }] }],
    ['a quantity in quotes', { lines: [{ productId: 'cup', quantity: '2' }] }],
    ['a price in a line', { lines: [{ productId: 'cup', quantity: 1, price: 1 }] }],
    ['an unknown field', { discount: 1 }],
    ['card data', { paymentMethod: '4242424242424242' }],
    ['a negative total', { expectedTotal: { amountCents: -1, currency: 'usd' } }],
    ['a product twice', { lines: [...twoCups.lines, ...twoCups.lines] }],
  ])('refuses %s', async (_, change) => {
    const answer = await place({ ...twoCups, ...change });
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation' });
    expect(answer.json().errors).not.toHaveLength(0);
    expect(world.stores.all.size).toBe(0);
  });

  it('asks who is there before it looks at the body', async () => {
    const answer = await place({}, { authorization: '' });
    expect(answer.statusCode).toBe(401);
  });
});

describe('GET /payments/orders/{id}', () => {
  it('shows the confirmed order with names, prices, total and history', async () => {
    const { id } = (await place(twoCups)).json();
    await world.payments.chargeOrder(quoteFor(id));
    const answer = await get(`/payments/orders/${id}`, 'ann');
    expect(answer.json()).toMatchObject({
      id,
      state: 'confirmed',
      total: { amountCents: 2400, currency: 'usd' },
      lines: [{ name: 'Cup', unitPrice: { amountCents: 1200, currency: 'usd' } }],
    });
    expect(answer.json().history).toHaveLength(4);
    expect((await get(`/payments/orders/${id}`, 'root')).statusCode).toBe(200);
  });

  it('answers a foreign order, an absent one and an impossible id alike', async () => {
    const { id } = (await place(twoCups)).json();
    const answers = await Promise.all(
      [id, 'none', '%20%2E!'].map((orderId) => get(`/payments/orders/${orderId}`, 'bob')),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });
});

describe('GET /payments/ledger/balance', () => {
  it('shows an admin balances that sum to zero, and nobody else', async () => {
    const { id } = (await place(twoCups)).json();
    await world.payments.chargeOrder(quoteFor(id));
    expect((await get('/payments/ledger/balance', 'root')).json()).toEqual({
      accounts: [
        { account: 'provider', currency: 'usd', balanceCents: 2400 },
        { account: 'sales', currency: 'usd', balanceCents: -2400 },
      ],
      sumCents: { usd: 0 },
    });
    expect((await get('/payments/ledger/balance', 'ann')).statusCode).toBe(403);
  });
});

describe('POST /payments/webhooks/stripe', () => {
  const post = (signature: string, payload = '{ "id":  "evt_1" }') =>
    app.inject({
      method: 'POST',
      url: '/payments/webhooks/stripe',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      payload,
    });

  it('verifies the raw bytes and takes note', async () => {
    const answer = await post('over 18');
    expect(answer.json()).toEqual({ received: true });
    expect(await world.stores.reports.has('evt_1')).toBe(true);
  });

  it('refuses what is not signed', async () => {
    const answer = await post('over 17');
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-signature' });
  });
});
