import { expect, test } from 'vitest';
import { expectProblem, expectSameProblem } from './support/expect-problem.ts';
import { call, eventually } from './support/http.ts';
import {
  adminToken,
  available,
  buy,
  newCustomer,
  newProduct,
  orderOf,
  place,
  settled,
  unique,
} from './support/shop.ts';

interface Balance {
  accounts: { account: string; currency: string; balanceCents: number }[];
  sumCents: Record<string, number>;
}

test('an order that can be paid is confirmed, at the price of the catalog', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5, priceCents: 1999 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 2));
  expect(order).toMatchObject({
    state: 'confirmed',
    reason: null,
    total: { amountCents: 3998, currency: 'usd' },
    lines: [{ productId: product.id, quantity: 2 }],
  });
});

test('the answer to an order is 202 with its address, before anything is decided', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const answer = await place(token, orderOf(product));
  expect(answer.status).toBe(202);
  expect(answer.json.state).toBe('placed');
  expect(answer.headers.get('location')).toMatch(new RegExp(`/payments/orders/${answer.json.id}$`));
  await settled(token, answer.json.id);
});

test('an order tells its history, each state once and in order', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product));
  expect(order.history.map((entry) => entry.state)).toEqual([
    'placed',
    'reserved',
    'charging',
    'confirmed',
  ]);
  const times = order.history.map((entry) => Date.parse(entry.at));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('what was bought leaves the stock', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5 });
  const { token } = await newCustomer();
  await buy(token, orderOf(product, 2));
  expect(await available(product.id)).toBe(3);
});

test('more than there is: rejected out-of-stock, and nothing leaves the stock', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 2));
  expect(order).toMatchObject({ state: 'rejected', reason: 'out-of-stock' });
  expect(await available(product.id)).toBe(1);
});

test('two want the last one: one gets it, the other is rejected', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const [first, second] = await Promise.all([newCustomer(), newCustomer()]);
  const orders = await Promise.all([
    buy(first.token, orderOf(product)),
    buy(second.token, orderOf(product)),
  ]);
  expect(orders.map((order) => order.state).toSorted()).toEqual(['confirmed', 'rejected']);
  expect(await available(product.id)).toBe(0);
});

test('a price the customer did not expect: rejected price-differs', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1, priceCents: 1000 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 1, { expectedCents: 999 }));
  expect(order).toMatchObject({ state: 'rejected', reason: 'price-differs' });
  expect(await available(product.id)).toBe(1);
});

test('a product that nobody sells: rejected unknown-product', async () => {
  const { token } = await newCustomer();
  const order = await buy(token, {
    lines: [{ productId: unique('nothing'), quantity: 1 }],
    expectedTotal: { amountCents: 100, currency: 'usd' },
    paymentMethod: 'pm_card_visa',
  });
  expect(order).toMatchObject({ state: 'rejected', reason: 'unknown-product' });
});

test.for([
  'pm_card_visa_chargeDeclined',
  'pm_card_visa_chargeDeclinedInsufficientFunds',
  'pm_card_authenticationRequired',
])('%s: cancelled as declined, and the stock comes back', async (paymentMethod, context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 1, { paymentMethod }));
  expect(order).toMatchObject({ state: 'cancelled', reason: 'declined' });
  await eventually(
    () => available(product.id),
    (left) => left === 1,
  );
});

test('the ledger moves by what was paid, and sums to zero', async (context) => {
  const token = await adminToken(context);
  const read = async () => (await call<Balance>('GET', '/payments/ledger/balance', { token })).json;
  // So dear that what other checks pay and refund meanwhile cannot hide it.
  const product = await newProduct(token, { stock: 3, priceCents: 20_000_000 });
  const customer = await newCustomer();
  const moved = (balance: Balance) =>
    balance.accounts.reduce((sum, entry) => sum + Math.abs(entry.balanceCents), 0);
  const before = await read();
  await buy(customer.token, orderOf(product, 3));
  const after = await read();
  expect(Math.round((moved(after) - moved(before)) / 10_000_000)).toBe(2 * 6);
  expect(Object.values(after.sumCents)).toEqual(Object.values(after.sumCents).map(() => 0));
  const sum = after.accounts.reduce((total, entry) => total + entry.balanceCents, 0);
  expect(sum).toBe(0);
});

test('the order of another is the same 404 as none', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const [owner, other] = await Promise.all([newCustomer(), newCustomer()]);
  const placed = await place(owner.token, orderOf(product));
  const theirs = await call('GET', `/payments/orders/${placed.json.id}`, { token: other.token });
  const none = await call('GET', '/payments/orders/no-such-order', { token: other.token });
  expectProblem(theirs, 404, 'not-found');
  expectSameProblem(theirs, none);
  await settled(owner.token, placed.json.id);
});
