import { expect, test } from 'vitest';
import { adminToken, anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { allPages, book, change, read, remove, tag } from './support/products.ts';
import { buy, newProduct, type Order, orderOf, unique } from './support/shop.ts';

test('a deleted product disappears from its URL, the lists, the search and the counts', async (context) => {
  const token = await adminToken(context);
  const category = unique('deleted');
  const word = unique('word').replace('-', '');
  const gone = await newProduct(token, { stock: 1, category, name: `Lamp ${word}` });
  const kept = await newProduct(token, { stock: 1, category });
  const answer = await remove(token, gone.id);
  expect([answer.status, answer.text]).toEqual([204, '']);
  expectProblem(await read(gone.id), 404, 'not-found');
  const listed = await allPages('/catalog/products', { category });
  expect(listed.items.map((item) => item.id)).toEqual([kept.id]);
  expect((await allPages('/catalog/products', { q: word })).items).toEqual([]);
  const { json } = await call<{ items: { slug: string; products: number }[] }>(
    'GET',
    '/catalog/categories',
  );
  expect(json.items.find(({ slug }) => slug === category)).toMatchObject({ products: 1 });
});

test('a deleted product cannot be changed, stocked or deleted again', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { version } = (await read(id)).json;
  await remove(token, id);
  expectProblem(await change(token, id, { name: 'Back' }, tag(version)), 404, 'not-found');
  expectProblem(await book(token, id, unique('receipt'), 1), 404, 'not-found');
  expectProblem(await remove(token, id), 404, 'not-found');
});

test('a deleted product can no longer be ordered', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  await remove(admin, product.id);
  const { token } = await anyCustomer();
  const order = await buy(token, orderOf(product));
  expect(order).toMatchObject({ state: 'rejected', reason: 'unknown-product' });
});

test('orders keep the name and price of a deleted product', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await anyCustomer();
  const order = await buy(token, orderOf(product));
  await remove(admin, product.id);
  const { json } = await call<Order>('GET', `/payments/orders/${order.id}`, { token });
  expect(json.lines).toEqual([
    { productId: product.id, quantity: 1, name: product.name, unitPrice: product.price },
  ]);
});
