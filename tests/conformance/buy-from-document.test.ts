import { expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import { documentClient } from './support/document-client.ts';
import { eventually } from './support/http.ts';
import { newProduct, type Order, type Product, type Session, unique } from './support/shop.ts';

const client = await documentClient();

test('a stranger can buy with the OpenAPI documents alone', async (context) => {
  const category = unique('document').toLowerCase();
  await newProduct(await adminToken(context), { stock: 2, category });
  const account = { email: `${category}@conformance.example`, password: 'nine lives of a cat' };
  await client.call('register', { body: account });
  const { accessToken } = (await client.call<Session>('logIn', { body: account })).body;
  const me = await client.call('readAccount', { accessToken });
  expect(me.body).toMatchObject({ email: account.email });

  const list = await client.call<{ items: Product[] }>('listProducts', {
    parameters: { category, sort: 'price-asc', limit: '1' },
  });
  const id = list.body.items[0]?.id ?? '';
  const { price } = (await client.call<Product>('findProduct', { parameters: { id } })).body;

  const request = {
    parameters: { 'Idempotency-Key': unique('key') },
    body: {
      lines: [{ productId: id, quantity: 2 }],
      expectedTotal: { amountCents: 2 * price.amountCents, currency: price.currency },
      paymentMethod: 'pm_card_visa',
    },
    accessToken,
  };
  const placed = await client.call<Order>('placeOrder', request);
  const again = await client.call<Order>('placeOrder', request);
  expect(again.body).toEqual(placed.body);

  const orderId = placed.body.id;
  const order = await eventually(
    async () =>
      (await client.call<Order>('findOrder', { parameters: { orderId }, accessToken })).body,
    ({ state }) => ['confirmed', 'rejected', 'cancelled'].includes(state),
  );
  expect(order).toMatchObject({ state: 'confirmed', total: request.body.expectedTotal });
  const orders = await client.call<{ items: Order[] }>('listOrders', { accessToken });
  expect(orders.body.items.map((one) => one.id)).toEqual([orderId]);
});

test('a stranger who makes mistakes gets documented errors', async () => {
  const body = {
    email: `${unique('nobody')}@conformance.example`,
    password: 'nine lives of a cat',
  };
  expect((await client.call('logIn', { body })).status).toBe(401);
  expect((await client.call('readAccount', { accessToken: 'no-token' })).status).toBe(401);
  const parameters = { id: 'no-such-product' };
  expect((await client.call('findProduct', { parameters })).status).toBe(404);
});

test('every operation has an id of its own', () => {
  expect(client.operationIds.every((id) => /^[a-z][A-Za-z]+$/.test(id))).toBe(true);
  expect(client.operationIds.length).toBeGreaterThan(20);
});
