import { expect, test } from 'vitest';
import { adminToken, anyCustomer, newCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call, eventually } from './support/http.ts';
import { type Refund, refund, refundsOf, settledRefunds } from './support/refunds.ts';
import { available, buy, newProduct, orderOf, place, unique } from './support/shop.ts';

type Context = Parameters<typeof adminToken>[0];

/** A confirmed order of three units at 10.00. */
async function paidOrder(context: Context) {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 5, priceCents: 1000 });
  const customer = await anyCustomer();
  const order = await buy(customer.token, orderOf(product, 3));
  expect(order.state).toBe('confirmed');
  return { admin, product, customer, order };
}

const sum = (refunds: Refund[]) =>
  refunds.reduce((total, { amountCents }) => total + amountCents, 0);

async function ledgerIsEven(token: string) {
  const { json } = await call<{
    accounts: { balanceCents: number }[];
    sumCents: Record<string, number>;
  }>('GET', '/payments/ledger/balance', { token });
  expect(json.accounts.reduce((total, { balanceCents }) => total + balanceCents, 0)).toBe(0);
  expect(Object.values(json.sumCents).every((cents) => cents === 0)).toBe(true);
}

test('a refund is accepted immediately, carried out, and listed with its order', async (context) => {
  const { admin, order } = await paidOrder(context);
  const answer = await refund(admin, order.id, { amountCents: 1000 });
  expect(answer.status, answer.text).toBe(202);
  expect(answer.json).toMatchObject({
    id: expect.any(String),
    orderId: order.id,
    amountCents: 1000,
    currency: 'usd',
    state: expect.stringMatching(/^(pending|succeeded)$/),
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
  const [done] = await settledRefunds(admin, order.id, 1);
  expect(done).toMatchObject({ id: answer.json.id, amountCents: 1000, state: 'succeeded' });
  await ledgerIsEven(admin);
});

test('several refunds may add up to the amount paid, and not a cent more', async (context) => {
  const { admin, order } = await paidOrder(context);
  for (const amountCents of [500, 1500, 1000]) {
    expect((await refund(admin, order.id, { amountCents })).status).toBe(202);
  }
  const over = await refund(admin, order.id, { amountCents: 1 });
  expectProblem(over, 409, 'refund-exceeds-captured');
  const refunds = await settledRefunds(admin, order.id, 3);
  expect([sum(refunds), refunds.every(({ state }) => state === 'succeeded')]).toEqual([3000, true]);
  await ledgerIsEven(admin);
});

test('rejects a refund of more than was paid, and pays nothing back', async (context) => {
  const { admin, order } = await paidOrder(context);
  const answer = await refund(admin, order.id, { amountCents: 3001 });
  expectProblem(answer, 409, 'refund-exceeds-captured');
  expect(await refundsOf(admin, order.id)).toEqual([]);
});

test('of two concurrent refunds that together exceed the payment, one is accepted', async (context) => {
  const { admin, order } = await paidOrder(context);
  const answers = await Promise.all(
    [1, 2].map(() => refund(admin, order.id, { amountCents: 2000 })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  for (const answer of answers.filter(({ status }) => status === 409)) {
    expectProblem(answer, 409, 'refund-exceeds-captured');
  }
  expect(sum(await settledRefunds(admin, order.id, 1))).toBe(2000);
});

test('ten concurrent refunds never exceed the amount paid', async (context) => {
  const { admin, order } = await paidOrder(context);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => refund(admin, order.id, { amountCents: 700 })),
  );
  const taken = answers.filter(({ status }) => status === 202).length;
  // A request that loses too many races in a row is told to retry.
  expect(answers.every(({ status }) => [202, 409, 503].includes(status))).toBe(true);
  expect(taken).toBeGreaterThan(0);
  const refunds = await settledRefunds(admin, order.id, taken);
  expect(sum(refunds)).toBeLessThanOrEqual(3000);
});

test('the same key and body return the same bytes and make one refund', async (context) => {
  const { admin, order } = await paidOrder(context);
  const key = unique('key');
  const first = await refund(admin, order.id, { amountCents: 1000 }, key);
  const at = await Promise.all(
    [1, 2, 3].map(() => refund(admin, order.id, { amountCents: 1000 }, key)),
  );
  for (const again of at) expect([again.status, again.text]).toEqual([202, first.text]);
  await settledRefunds(admin, order.id, 1);
});

test('rejects the same key with another body', async (context) => {
  const { admin, order } = await paidOrder(context);
  const key = unique('key');
  await refund(admin, order.id, { amountCents: 1000 }, key);
  const other = await refund(admin, order.id, { amountCents: 1001 }, key);
  expectProblem(other, 422, 'idempotency-key-reused');
});

test('rejects a refund without an idempotency key or with an invalid one', async (context) => {
  const admin = await adminToken(context);
  const path = '/payments/orders/some-order/refunds';
  const none = await call('POST', path, { token: admin, body: { amountCents: 1 } });
  expectProblem(none, 400, 'idempotency-key-missing');
  const spaced = await refund(admin, 'some-order', { amountCents: 1 }, 'two words');
  expectProblem(spaced, 400, 'idempotency-key-invalid');
});

test('restocked units can be bought again', async (context) => {
  const { admin, product, customer, order } = await paidOrder(context);
  expect(await available(product.id)).toBe(2);
  const restock = [{ productId: product.id, quantity: 2 }];
  await refund(admin, order.id, { amountCents: 2000, restock });
  await eventually(
    () => available(product.id),
    (left) => left === 4,
  );
  expect((await buy(customer.token, orderOf(product, 4))).state).toBe('confirmed');
});

test('a refund without lines does not change the stock', async (context) => {
  const { admin, product, order } = await paidOrder(context);
  await refund(admin, order.id, { amountCents: 3000 });
  await settledRefunds(admin, order.id, 1);
  expect(await available(product.id)).toBe(2);
});

test.for([
  ['more units than were bought', (id: string) => [{ productId: id, quantity: 4 }]],
  ['a product that was not bought', () => [{ productId: 'something-else', quantity: 1 }]],
] as const)('rejects a refund that restocks %s', async ([, restock], context) => {
  const { admin, product, order } = await paidOrder(context);
  const answer = await refund(admin, order.id, {
    amountCents: 1000,
    restock: restock(product.id),
  });
  expect([400, 409, 422], answer.text).toContain(answer.status);
  expect(await refundsOf(admin, order.id)).toEqual([]);
  expect(await available(product.id)).toBe(2);
});

test.for([
  ['0 cents', { amountCents: 0 }, 'amountCents'],
  ['-1 cents', { amountCents: -1 }, 'amountCents'],
  ['half a cent', { amountCents: 0.5 }, 'amountCents'],
  ['1e308 cents', { amountCents: 1e308 }, 'amountCents'],
  ['no amount', {}, 'amountCents'],
  ['another currency', { amountCents: 1, currency: 'eur' }, 'currency'],
  [
    'zero units restocked',
    { amountCents: 1, restock: [{ productId: 'p', quantity: 0 }] },
    'quantity',
  ],
] as const)('rejects a refund of %s, naming the field', async ([, body, field], context) => {
  const admin = await adminToken(context);
  const problem = expectProblem(await refund(admin, 'some-order', body), 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain(field);
});

test('an order that was never paid cannot be refunded', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();
  const rejected = await buy(token, orderOf(product, 2));
  const declined = { paymentMethod: 'pm_card_visa_chargeDeclined' };
  const cancelled = await buy(token, orderOf(product, 1, declined));
  for (const { id } of [rejected, cancelled]) {
    const answer = await refund(admin, id, { amountCents: 1 });
    expectProblem(answer, 409, 'invalid-transition');
  }
});

test('an order that does not exist cannot be refunded', async (context) => {
  const answer = await refund(await adminToken(context), unique('none'), { amountCents: 1 });
  expectProblem(answer, 404, 'not-found');
});

test('a customer cannot refund their own order', async (context) => {
  const { admin, customer, order } = await paidOrder(context);
  expectProblem(await refund(customer.token, order.id, { amountCents: 1 }), 403, 'forbidden');
  expect(await refundsOf(admin, order.id)).toEqual([]);
  const placed = await place(customer.token, { refund: true });
  expectProblem(placed, 400, 'validation');
});
