import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RoutesUnderTest, startRoutes } from '../testing/routes.ts';
import { confirmedOrder, placeTwoCups } from '../testing/world.ts';

let routes: RoutesUnderTest;
beforeEach(async () => {
  routes = await startRoutes();
});
afterEach(() => routes.app.close());

const refund = (orderId: string, body: object, key = 'key-1', account = 'root') =>
  routes.post(`/payments/orders/${orderId}/refunds`, account, body, { 'idempotency-key': key });

describe('POST /payments/orders/{id}/refunds', () => {
  it('accepts a refund as pending and answers a repeated request with the same bytes', async () => {
    const orderId = await confirmedOrder(routes.world);
    const body = { amountCents: 1000, restock: [{ productId: 'cup', quantity: 1 }] };
    const first = await refund(orderId, body);
    expect(first.statusCode).toBe(202);
    const made = first.json();
    expect(made).toMatchObject({
      orderId,
      state: 'pending',
      reason: null,
      currency: 'usd',
      ...body,
    });
    await routes.world.payments.settleRefund({ orderId, refundId: made.id });
    const again = await refund(orderId, body);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    const list = await routes.get(`/payments/orders/${orderId}/refunds`, 'ann');
    expect(list.json()).toEqual({ items: [{ ...made, state: 'succeeded' }] });
  });

  it('rejects a key that was used for another body or order', async () => {
    const orderId = await confirmedOrder(routes.world);
    await refund(orderId, { amountCents: 1 });
    const reused = { status: 422, code: 'idempotency-key-reused' };
    expect((await refund(orderId, { amountCents: 2 })).json()).toMatchObject(reused);
    expect((await refund('other', { amountCents: 1 })).json()).toMatchObject(reused);
  });

  it('rejects more than was captured, and an order that took no money, with 409', async () => {
    const orderId = await confirmedOrder(routes.world);
    expect((await refund(orderId, { amountCents: 2401 })).json()).toMatchObject({
      status: 409,
      code: 'refund-exceeds-captured',
    });
    const open = await placeTwoCups(routes.world, { idempotencyKey: 'open' });
    expect((await refund(open, { amountCents: 1 })).json()).toMatchObject({
      status: 409,
      code: 'invalid-transition',
    });
  });

  it.each([
    ['nothing', {}],
    ['no money', { amountCents: 0 }],
    ['half a cent', { amountCents: 0.5 }],
    ['an unknown field', { amountCents: 1, currency: 'usd' }],
    [
      'a product twice',
      { amountCents: 1, restock: Array(2).fill({ productId: 'cup', quantity: 1 }) },
    ],
    ['a quantity of zero', { amountCents: 1, restock: [{ productId: 'cup', quantity: 0 }] }],
  ])('rejects %s', async (_, body) => {
    const orderId = await confirmedOrder(routes.world);
    expect((await refund(orderId, body)).json()).toMatchObject({ status: 400, code: 'validation' });
  });

  it('requires an admin, an idempotency key and an existing order', async () => {
    const orderId = await confirmedOrder(routes.world);
    expect((await refund(orderId, { amountCents: 1 }, 'k', 'ann')).statusCode).toBe(403);
    const path = `/payments/orders/${orderId}/refunds`;
    const keyless = await routes.post(path, 'root', { amountCents: 1 });
    expect(keyless.json()).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
    expect((await refund('none', { amountCents: 1 })).statusCode).toBe(404);
    expect((await routes.get(path, 'bob')).statusCode).toBe(404);
  });
});
