import { expect, test } from 'vitest';
import { adminToken, anyCustomer, newCustomer, refresh } from '../conformance/support/accounts.ts';
import { call, eventually } from '../conformance/support/http.ts';
import { refund, settledRefunds } from '../conformance/support/refunds.ts';
import {
  available,
  buy,
  newProduct,
  type Order,
  orderOf,
  place,
  settled,
  unique,
} from '../conformance/support/shop.ts';

const atOnce = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

test('of twenty concurrent orders for the last unit, one is confirmed and nineteen are rejected', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const buyers = await atOnce(4, newCustomer);
  const orders = await atOnce(20, (n) => buy(buyers[n % 4]?.token ?? '', orderOf(product)));
  const ends = orders.map(({ state, reason }) => `${state} ${reason}`).toSorted();
  expect(ends).toEqual(['confirmed null', ...Array(19).fill('rejected out-of-stock')]);
  expect(await available(product.id)).toBe(0);
});

test('thirty concurrent requests with one key place one order', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 30 });
  const { token } = await newCustomer();
  const key = unique('key');
  const answers = await atOnce(30, () => place(token, orderOf(product), key));
  // A request that loses too many races in a row is told to retry. No request gets any other response.
  const taken = answers.filter(({ status }) => status === 202);
  expect(answers.every(({ status }) => status === 202 || status === 503)).toBe(true);
  expect(new Set(taken.map(({ text }) => text)).size).toBe(1);
  await settled(token, taken[0]?.json.id ?? '');
  expect(await available(product.id)).toBe(29);
  const { json } = await call<{ items: Order[] }>('GET', '/payments/orders', { token });
  expect(json.items.length).toBe(1);
});

test('thirty concurrent bodies with one key place one order, and the others are rejected', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 500 });
  const { token } = await newCustomer();
  const key = unique('key');
  const answers = await atOnce(30, (n) => place(token, orderOf(product, n + 1), key));
  expect(answers.filter(({ status }) => status === 202).length).toBe(1);
  expect(answers.every(({ status }) => [202, 422, 503].includes(status))).toBe(true);
});

test('a full refund sent twenty times concurrently is paid once', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1, priceCents: 5000 });
  const { token } = await anyCustomer();
  const order = await buy(token, orderOf(product));
  const restock = [{ productId: product.id, quantity: 1 }];
  const answers = await atOnce(20, () => refund(admin, order.id, { amountCents: 5000, restock }));
  expect(answers.filter(({ status }) => status === 202).length).toBe(1);
  expect(answers.every(({ status }) => [202, 409, 503].includes(status))).toBe(true);
  const [paid] = await settledRefunds(admin, order.id, 1);
  expect(paid).toMatchObject({ amountCents: 5000, state: 'succeeded' });
  expect(
    await eventually(
      () => available(product.id),
      (left) => left > 0,
    ),
  ).toBe(1);
});

test('twenty concurrent requests with one key make one refund', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1, priceCents: 5000 });
  const { token } = await anyCustomer();
  const order = await buy(token, orderOf(product));
  const key = unique('key');
  const answers = await atOnce(20, () => refund(admin, order.id, { amountCents: 100 }, key));
  const taken = answers.filter(({ status }) => status === 202);
  expect(answers.every(({ status }) => status === 202 || status === 503)).toBe(true);
  expect(new Set(taken.map(({ text }) => text)).size).toBe(1);
  await settledRefunds(admin, order.id, 1);
});

test('twenty concurrent uses of a refresh token open at most one session, and revoke its family', async () => {
  const { session } = await newCustomer();
  const answers = await atOnce(20, () => refresh(session.refreshToken));
  const opened = answers.filter(({ status }) => status === 200);
  expect(opened.length).toBeLessThanOrEqual(1);
  expect(answers.every(({ status }) => [200, 401, 503].includes(status))).toBe(true);
  for (const { json } of opened) expect((await refresh(json.refreshToken)).status).toBe(401);
});

test('twenty concurrent registrations of one address create one account with one password', async () => {
  const email = `${unique('race')}@attacks.example`;
  const answers = await atOnce(20, (n) =>
    call('POST', '/auth/register', { body: { email, password: `password number ${n}` } }),
  );
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  // The limit is ten failed log-ins, so only some of the passwords can be tried.
  const log = await Promise.all(
    [0, 1, 2, 3, 4].map((n) =>
      call('POST', '/auth/login', { body: { email, password: `password number ${n}` } }),
    ),
  );
  expect(log.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
});
