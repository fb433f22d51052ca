import { expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import {
  adminToken,
  available,
  newCustomer,
  newProduct,
  orderOf,
  place,
  settled,
  unique,
} from './support/shop.ts';

test('the same key and body return the stored response, byte for byte, and place one order', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5 });
  const { token } = await newCustomer();
  const key = unique('key');
  const first = await place(token, orderOf(product), key);
  await settled(token, first.json.id);
  const again = await place(token, orderOf(product), key);
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(await available(product.id)).toBe(4);
});

test('a body with its fields in another order is the same body', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5 });
  const { token } = await newCustomer();
  const key = unique('key');
  const body = orderOf(product);
  const reordered = Object.fromEntries(Object.entries(body).reverse());
  const first = await place(token, body, key);
  const again = await place(token, reordered, key);
  expect(again.text).toBe(first.text);
  await settled(token, first.json.id);
});

test('ten concurrent requests with one key place one order', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 10 });
  const { token } = await newCustomer();
  const key = unique('key');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => place(token, orderOf(product), key)),
  );
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  await settled(token, answers[0]?.json.id ?? '');
  expect(await available(product.id)).toBe(9);
});

test('rejects the same key with another body', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5 });
  const { token } = await newCustomer();
  const key = unique('key');
  const first = await place(token, orderOf(product), key);
  expectProblem(await place(token, orderOf(product, 2), key), 422, 'idempotency-key-reused');
  await settled(token, first.json.id);
});

test('customers do not share keys', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5 });
  const [one, two] = await Promise.all([newCustomer(), newCustomer()]);
  const key = unique('key');
  const first = await place(one.token, orderOf(product), key);
  const second = await place(two.token, orderOf(product), key);
  expect(second.status).toBe(202);
  expect(second.json.id).not.toBe(first.json.id);
  await Promise.all([settled(one.token, first.json.id), settled(two.token, second.json.id)]);
});
