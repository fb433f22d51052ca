import { expect, test } from 'vitest';
import { adminToken, anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { eventually } from './support/http.ts';
import { book } from './support/products.ts';
import { available, buy, newProduct, orderOf, unique } from './support/shop.ts';

test('a receipt counts once, however often it is sent', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const receipt = unique('receipt');
  const answers = [await book(token, id, receipt, 7), await book(token, id, receipt, 7)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1]?.json).toMatchObject({ received: 7, available: 7, held: 0, sold: 0 });
});

test('a receipt sent five times concurrently counts once', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const receipt = unique('receipt');
  const answers = await Promise.all(Array.from({ length: 5 }, () => book(token, id, receipt, 3)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await available(id)).toBe(3);
});

test('receipts add up', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  await Promise.all([1, 2, 3, 4].map((quantity) => book(token, id, unique('receipt'), quantity)));
  expect(await available(id)).toBe(10);
});

test('a negative adjustment corrects an overcount', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 5 });
  const receipt = unique('stocktaking');
  const answer = await book(token, id, receipt, -2);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.json).toMatchObject({ available: 3, held: 0, sold: 0 });
  await book(token, id, receipt, -2);
  expect(await available(id)).toBe(3);
});

test('an adjustment below zero is a conflict and changes nothing', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 2 });
  expectProblem(await book(token, id, unique('stocktaking'), -3), 409, 'stock-negative');
  expect(await available(id)).toBe(2);
});

test('of two concurrent adjustments that together exceed the stock, one succeeds', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 3 });
  const answers = await Promise.all([1, 2].map(() => book(token, id, unique('stocktaking'), -2)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(await available(id)).toBe(1);
});

test('sold units are neither available nor held', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 5 });
  const { token } = await anyCustomer();
  await buy(token, orderOf(product, 2));
  const stock = await eventually(
    async () => (await book(admin, product.id, unique('receipt'), 1)).json,
    ({ held }) => held === 0,
  );
  expect(stock).toMatchObject({ sold: 2 });
  expect(stock.available + stock.sold).toBe(stock.received);
});

test.for([
  ['0', 0],
  ['1.5', 1.5],
  ['1e308', 1e308],
  ['2^53', 2 ** 53],
  ['a string', '7'],
] as const)('rejects a quantity of %s, naming the field', async ([, quantity], context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const answer = await book(token, id, unique('receipt'), quantity);
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain('quantity');
});

test('stock for an unknown product returns 404', async (context) => {
  const token = await adminToken(context);
  expectProblem(await book(token, unique('none'), unique('receipt'), 1), 404, 'not-found');
});
