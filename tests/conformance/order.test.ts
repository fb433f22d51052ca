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

test("an order that can be paid is confirmed at the catalog's price", async (context) => {
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

test('an order returns 202 with its URL before anything is decided', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const answer = await place(token, orderOf(product));
  expect(answer.status).toBe(202);
  expect(answer.json.state).toBe('placed');
  expect(answer.headers.get('location')).toMatch(new RegExp(`/payments/orders/${answer.json.id}$`));
  await settled(token, answer.json.id);
});

test('an order has its history, with each state once and in order', async (context) => {
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

test('a bought quantity leaves the stock', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5 });
  const { token } = await newCustomer();
  await buy(token, orderOf(product, 2));
  expect(await available(product.id)).toBe(3);
});

test('an order beyond the stock is rejected as out-of-stock and takes nothing', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 2));
  expect(order).toMatchObject({ state: 'rejected', reason: 'out-of-stock' });
  expect(await available(product.id)).toBe(1);
});

test('of two concurrent orders for the last unit, one is confirmed and one rejected', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const [first, second] = await Promise.all([newCustomer(), newCustomer()]);
  const orders = await Promise.all([
    buy(first.token, orderOf(product)),
    buy(second.token, orderOf(product)),
  ]);
  expect(orders.map((order) => order.state).toSorted()).toEqual(['confirmed', 'rejected']);
  expect(await available(product.id)).toBe(0);
});

test('a price that the customer did not expect is rejected as price-differs', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1, priceCents: 1000 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 1, { expectedCents: 999 }));
  expect(order).toMatchObject({ state: 'rejected', reason: 'price-differs' });
  expect(await available(product.id)).toBe(1);
});

test('an unknown product is rejected as unknown-product', async () => {
  const { token } = await newCustomer();
  const order = await buy(token, {
    lines: [{ productId: unique('nothing'), quantity: 1 }],
    expectedTotal: { amountCents: 100, currency: 'usd' },
    paymentMethod: 'pm_card_visa',
  });
  expect(order).toMatchObject({ state: 'rejected', reason: 'unknown-product' });
});

test.for([
  ['pm_card_visa_chargeDeclined', 'generic_decline'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
  ['pm_card_authenticationRequired', 'authentication_not_handled'],
] as const)(
  '%s is cancelled as declined with its code, which releases the stock',
  async ([paymentMethod, providerCode], context) => {
    const product = await newProduct(await adminToken(context), { stock: 1 });
    const { token } = await newCustomer();
    const order = await buy(token, orderOf(product, 1, { paymentMethod }));
    expect(order).toMatchObject({ state: 'cancelled', reason: 'declined', providerCode });
    await eventually(
      () => available(product.id),
      (left) => left === 1,
    );
  },
);

test('a customer is not told that a card was reported as stolen; an admin is', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();
  const paymentMethod = 'pm_card_visa_chargeDeclinedStolenCard';
  const order = await buy(token, orderOf(product, 1, { paymentMethod }));
  expect(order).toMatchObject({ reason: 'declined', providerCode: 'generic_decline' });
  const seen = await call('GET', `/payments/orders/${order.id}`, { token: admin });
  expect(seen.json).toMatchObject({ reason: 'declined', providerCode: 'stolen_card' });
});

test.for(['pm_card_amex', 'pm_card_visa_debit', 'pm_card_mastercard', 'pm_card_createDispute'])(
  '%s pays for an order',
  async (paymentMethod, context) => {
    const product = await newProduct(await adminToken(context), { stock: 1 });
    const { token } = await newCustomer();
    const order = await buy(token, orderOf(product, 1, { paymentMethod }));
    expect(order).toMatchObject({ state: 'confirmed', reason: null, providerCode: null });
  },
);

test('a payment method that does not exist is named as the reason', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const { token } = await newCustomer();
  const order = await buy(token, orderOf(product, 1, { paymentMethod: 'pm_card_none' }));
  expect(order).toMatchObject({
    state: 'cancelled',
    reason: 'unknown-payment-method',
    providerCode: 'resource_missing',
  });
  await eventually(
    () => available(product.id),
    (left) => left === 1,
  );
});

test('an order below the minimum charge is rejected when it is placed', async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 5, priceCents: 25 });
  const { token } = await newCustomer();
  const problem = expectProblem(await place(token, orderOf(product)), 422, 'amount-too-small');
  expect(problem.errors).toMatchObject([{ path: '/expectedTotal/amountCents' }]);
  expect(await available(product.id)).toBe(5);
  expect(await buy(token, orderOf(product, 2))).toMatchObject({ state: 'confirmed' });
});

test('an order above the maximum charge is rejected when it is placed', async (context) => {
  const token = await adminToken(context);
  const product = await newProduct(token, { stock: 2, priceCents: 99_999_999 });
  const customer = await newCustomer();
  const answer = await place(customer.token, orderOf(product, 2));
  expectProblem(answer, 422, 'amount-too-large');
});

test('the ledger moves by the amount paid, and sums to zero', async (context) => {
  const token = await adminToken(context);
  const read = async () => (await call<Balance>('GET', '/payments/ledger/balance', { token })).json;
  // Expensive enough that concurrent payments and refunds of other checks cannot hide it.
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

test("another customer's order returns the same 404 as an unknown one", async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const [owner, other] = await Promise.all([newCustomer(), newCustomer()]);
  const placed = await place(owner.token, orderOf(product));
  const theirs = await call('GET', `/payments/orders/${placed.json.id}`, { token: other.token });
  const none = await call('GET', '/payments/orders/no-such-order', { token: other.token });
  expectProblem(theirs, 404, 'not-found');
  expectSameProblem(theirs, none);
  await settled(owner.token, placed.json.id);
});
