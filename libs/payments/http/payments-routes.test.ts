import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RoutesUnderTest, startRoutes } from '../testing/routes.ts';
import { quoteFor, twoCups, type World } from '../testing/world.ts';

let routes: RoutesUnderTest;
let world: World;

beforeEach(async () => {
  routes = await startRoutes();
  world = routes.world;
});
afterEach(() => routes.app.close());

const place = (body: object, headers: Record<string, string> = {}) =>
  routes.post('/payments/orders', 'ann', body, { 'idempotency-key': 'key-1', ...headers });
const get = (url: string, account: string) => routes.get(url, account);

describe('POST /payments/orders', () => {
  it('accepts an order and returns it as placed, with its location', async () => {
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

  it('answers a repeated request with the same bytes, even after the order has changed', async () => {
    const first = await place(twoCups);
    await world.payments.chargeOrder(quoteFor(first.json().id));
    const { lines, expectedTotal, paymentMethod } = twoCups;
    const again = await place({ paymentMethod, expectedTotal, lines });
    expect(again.statusCode).toBe(202);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
  });

  it('rejects a key used for another body with 422, and a missing key with 400', async () => {
    await place(twoCups);
    const other = { ...twoCups, paymentMethod: 'pm_card_mastercard' };
    expect((await place(other)).json()).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    const missing = await routes.app.inject({
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
  ])('rejects %s', async (_, change) => {
    const answer = await place({ ...twoCups, ...change });
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation' });
    expect(answer.json().errors).not.toHaveLength(0);
    expect(world.stores.ordersById.size).toBe(0);
  });

  it('authenticates the caller before it validates the body', async () => {
    const answer = await place({}, { authorization: '' });
    expect(answer.statusCode).toBe(401);
  });
});

describe('GET /payments/orders/{id}', () => {
  it('returns the confirmed order with names, prices, total and history', async () => {
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

  it('gives the same answer for an order of another account, an unknown id and an invalid id', async () => {
    const { id } = (await place(twoCups)).json();
    const answers = await Promise.all(
      [id, 'none', '%20%2E!'].map((orderId) => get(`/payments/orders/${orderId}`, 'bob')),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });
});

describe('GET /payments/orders', () => {
  const list = async (account: string, query = '') => get(`/payments/orders${query}`, account);

  it("returns the caller's orders, newest first, in pages", async () => {
    const ids: string[] = [];
    for (const key of ['a', 'b', 'c']) {
      world.clock.nowMs += 1_000;
      ids.unshift((await place(twoCups, { 'idempotency-key': key })).json().id);
    }
    const first = (await list('ann', '?limit=2')).json();
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const rest = (await list('ann', `?limit=2&cursor=${first.nextCursor}`)).json();
    expect(rest).toMatchObject({ items: [{ id: ids[2], state: 'placed' }], nextCursor: null });
    expect((await list('bob')).json()).toEqual({ items: [], nextCursor: null });
    expect((await list('root', '?accountId=ann')).json().items).toHaveLength(3);
  });

  it('rejects a tampered cursor and the cursor of another list', async () => {
    for (const key of ['a', 'b']) await place(twoCups, { 'idempotency-key': key });
    const { nextCursor } = (await list('ann', '?limit=1')).json();
    const invalid = { status: 400, code: 'invalid-cursor' };
    expect((await list('ann', `?cursor=${nextCursor}x`)).json()).toMatchObject(invalid);
    expect((await list('bob', `?cursor=${nextCursor}`)).json()).toMatchObject(invalid);
    const other = await list('root', `?accountId=bob&cursor=${nextCursor}`);
    expect(other.json()).toMatchObject(invalid);
  });

  it('lists another account only for admins, and rejects invalid limits', async () => {
    expect((await list('bob', '?accountId=ann')).json()).toMatchObject({ code: 'forbidden' });
    for (const query of ['?limit=0', '?limit=101', '?limit=x', '?colour=red']) {
      expect((await list('ann', query)).json(), query).toMatchObject({ code: 'validation' });
    }
  });
});

describe('POST /payments/orders/{id}/cancel', () => {
  const cancel = (id: string, account = 'ann') =>
    routes.post(`/payments/orders/${id}/cancel`, account);

  it('cancels a placed order, and is idempotent', async () => {
    const { id } = (await place(twoCups)).json();
    const first = await cancel(id);
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({ id, state: 'cancelled', reason: 'customer' });
    expect((await cancel(id)).body).toBe(first.body);
  });

  it('fails for a confirmed order and for an order of another account', async () => {
    const { id } = (await place(twoCups)).json();
    await world.payments.chargeOrder(quoteFor(id));
    expect((await cancel(id)).json()).toMatchObject({ status: 409, code: 'invalid-transition' });
    expect((await cancel(id, 'bob')).statusCode).toBe(404);
  });
});

describe('GET /payments/ledger/balance', () => {
  it('returns balances that sum to zero, only to an admin', async () => {
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
    routes.app.inject({
      method: 'POST',
      url: '/payments/webhooks/stripe',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      payload,
    });

  it('verifies the raw bytes and records the event as handled', async () => {
    const answer = await post('over 18');
    expect(answer.json()).toEqual({ received: true });
    expect(await world.stores.reports.has('evt_1')).toBe(true);
  });

  it('rejects an invalid signature', async () => {
    const answer = await post('over 17');
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-signature' });
  });
});
