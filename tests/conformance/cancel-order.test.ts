import { expect, test } from 'vitest';
import { adminToken, anyCustomer, newCustomer } from './support/accounts.ts';
import { expectProblem, expectSameProblem } from './support/expect-problem.ts';
import { call, eventually } from './support/http.ts';
import { cancel } from './support/refunds.ts';
import {
  available,
  buy,
  newProduct,
  type Order,
  orderOf,
  type Product,
  place,
  settled,
} from './support/shop.ts';

const MAX_TRIES = 15;

/** Places orders and cancels each immediately, until a cancellation precedes the charge. */
async function cancelledInTime(token: string, product: Product) {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const placed = await place(token, orderOf(product));
    const answer = await cancel(token, placed.json.id);
    if (answer.status !== 409) return answer;
    expectProblem(answer, 409, 'invalid-transition');
    await settled(token, placed.json.id);
  }
  throw new Error(`${MAX_TRIES} orders were all charged before their cancellation arrived.`);
}

test('an order can be cancelled before it is charged, which releases its stock', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: MAX_TRIES });
  const { token } = await newCustomer();
  const answer = await cancelledInTime(token, product);
  expect([200, 202], answer.text).toContain(answer.status);
  const order = await settled(token, answer.json.id);
  expect(order).toMatchObject({ state: 'cancelled', reason: 'customer' });
  const orders = await call<{ items: Order[] }>('GET', '/payments/orders?limit=100', { token });
  const sold = orders.json.items.filter(({ state }) => state === 'confirmed').length;
  await eventually(
    () => available(product.id),
    (left) => left === MAX_TRIES - sold,
  );
});

test('cancelling again succeeds and changes nothing', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: MAX_TRIES });
  const { token } = await anyCustomer();
  const { json } = await cancelledInTime(token, product);
  const order = await settled(token, json.id);
  const again = await cancel(token, json.id);
  expect([200, 202], again.text).toContain(again.status);
  expect(await settled(token, json.id)).toEqual(order);
});

test('five concurrent cancellations cancel once', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await anyCustomer();
  const placed = await place(token, orderOf(product));
  const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(token, placed.json.id)));
  const order = await settled(token, placed.json.id);
  const rejected = answers.filter(({ status }) => status === 409).length;
  if (order.state === 'cancelled') expect(rejected).toBe(0);
  else expect([order.state, rejected]).toEqual(['confirmed', 5]);
  await eventually(
    () => available(product.id),
    (left) => left === (order.state === 'cancelled' ? 1 : 0),
  );
});

test('a confirmed order cannot be cancelled', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await anyCustomer();
  const { id } = await buy(token, orderOf(product));
  expectProblem(await cancel(token, id), 409, 'invalid-transition');
  const { json } = await call<Order>('GET', `/payments/orders/${id}`, { token });
  expect(json.state).toBe('confirmed');
  expect(await available(product.id)).toBe(0);
});

test('neither a rejected nor a declined order can be cancelled', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await anyCustomer();
  const orders = await Promise.all([
    buy(token, orderOf(product, 2)),
    buy(token, orderOf(product, 1, { paymentMethod: 'pm_card_visa_chargeDeclined' })),
  ]);
  for (const { id } of orders) expectProblem(await cancel(token, id), 409, 'invalid-transition');
});

test("another customer's order returns the same 404 as an unknown one, and does not change", async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const [owner, other] = await Promise.all([anyCustomer(), newCustomer()]);
  const placed = await place(owner.token, orderOf(product));
  const theirs = await cancel(other.token, placed.json.id);
  expectProblem(theirs, 404, 'not-found');
  expectSameProblem(theirs, await cancel(other.token, 'no-such-order'));
  expect((await settled(owner.token, placed.json.id)).state).toBe('confirmed');
});

test('cancelling requires a token', async () => {
  const answer = await call('POST', '/payments/orders/some-order/cancel');
  expectProblem(answer, 401, 'invalid-token');
});
