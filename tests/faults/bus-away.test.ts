import { afterEach, expect, test } from 'vitest';
import { call } from '../conformance/support/http.ts';
import { examined, postForm, presign, smooth } from '../conformance/support/pictures.ts';
import { cancel, refund, settledRefunds } from '../conformance/support/refunds.ts';
import {
  adminToken,
  buy,
  newCustomer,
  newProduct,
  type Order,
  orderOf,
  place,
  settled,
} from '../conformance/support/shop.ts';
import { misbehave } from './support/control.ts';
import { expectBalancedBooks } from './support/expect-balanced-books.ts';

const back = () => misbehave({ away: [] });
afterEach(back);

test('while the bus is down orders and refunds are accepted, and they finish once it is back', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 5 });
  const { token } = await newCustomer();
  const paid = await buy(token, orderOf(product));
  expect(paid.state).toBe('confirmed');

  await misbehave({ away: ['events'] });
  const placed = await Promise.all([1, 2, 3].map(() => place(token, orderOf(product))));
  const regretted = await place(token, orderOf(product));
  const cancelled = await cancel(token, regretted.json.id);
  const restock = [{ productId: product.id, quantity: 1 }];
  const back1 = await refund(admin, paid.id, { amountCents: 500, restock });
  const browsing = await call('GET', `/catalog/products/${product.id}`);
  const states = await Promise.all(
    placed.map(async ({ json }) => {
      const { json: order } = await call<Order>('GET', `/payments/orders/${json.id}`, { token });
      return order.state;
    }),
  );
  await back();

  expect([...placed, regretted, back1].map(({ status }) => status)).toEqual([
    202, 202, 202, 202, 202,
  ]);
  expect([200, 202]).toContain(cancelled.status);
  expect(browsing.status).toBe(200);
  expect(states, 'nothing is decided while the bus is down').toEqual([
    'placed',
    'placed',
    'placed',
  ]);

  const orders = await Promise.all(placed.map(({ json }) => settled(token, json.id)));
  expect(orders.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  expect(await settled(token, regretted.json.id)).toMatchObject({ reason: 'customer' });
  const [refunded] = await settledRefunds(admin, paid.id, 1);
  expect(refunded?.state).toBe('succeeded');
  await expectBalancedBooks({ admin, productId: product.id, received: 5, sold: 3 });
});

test('a picture uploaded while the bus is down is attached once it is back', async (context) => {
  const admin = await adminToken(context);
  const { id } = await newProduct(admin, { stock: 0 });
  const { upload, imageId } = await presign(admin, id);
  await misbehave({ away: ['events'] });
  const posted = await postForm(upload, await smooth(400, 300));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const during = await call('GET', `/catalog/products/${id}/image`, { token: admin });
  await back();
  expect([posted.status, during.json.status]).toEqual([204, 'pending']);
  expect(await examined(admin, id)).toEqual({ imageId, status: 'attached' });
});
