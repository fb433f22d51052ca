import { expect, test } from 'vitest';
import { adminToken, anyCustomer, newCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { allPages, type Page } from './support/products.ts';
import { type Order, place, usd } from './support/shop.ts';

const orders = '/payments/orders';
const ids = (items: Order[]) => items.map(({ id }) => id);

/** A customer with this many orders, placed sequentially. */
async function customerWith(count: number) {
  const customer = await newCustomer();
  const placed: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const answer = await place(customer.token, {
      lines: [{ productId: 'nothing-on-sale', quantity: 1 }],
      expectedTotal: usd(100),
      paymentMethod: 'pm_card_visa',
    });
    placed.push(answer.json.id);
  }
  return { ...customer, newestFirst: placed.reverse() };
}

test("the pages of a customer's orders hold each order once, newest first", async () => {
  const { token, newestFirst } = await customerWith(5);
  const whole = await call<Page<Order>>('GET', orders, { token });
  expect(whole.json).toMatchObject({ nextCursor: null });
  expect(ids(whole.json.items)).toEqual(newestFirst);
  const paged = await allPages<Order>(orders, { limit: '2' }, token);
  expect(ids(paged.items)).toEqual(newestFirst);
  expect(paged.pages).toBe(3);
});

test('an order in the list has the same fields as at its own URL', async () => {
  const { token, newestFirst } = await customerWith(1);
  const { json } = await call<Page<Order>>('GET', orders, { token });
  const { json: one } = await call<Order>('GET', `${orders}/${newestFirst[0]}`, { token });
  expect(Object.keys(json.items[0] ?? {}).toSorted()).toEqual(Object.keys(one).toSorted());
});

test('a customer without orders has an empty list', async () => {
  await customerWith(1);
  const { token } = await newCustomer();
  const { json } = await call<Page<Order>>('GET', orders, { token });
  expect(json).toEqual({ items: [], nextCursor: null });
});

test('an order placed while a customer pages neither repeats nor hides others', async () => {
  const { token, newestFirst } = await customerWith(4);
  const first = await call<Page<Order>>('GET', `${orders}?limit=2`, { token });
  await place(token, {
    lines: [{ productId: 'nothing-on-sale', quantity: 1 }],
    expectedTotal: usd(100),
    paymentMethod: 'pm_card_visa',
  });
  const cursor = encodeURIComponent(first.json.nextCursor ?? '');
  const rest = await call<Page<Order>>('GET', `${orders}?limit=2&cursor=${cursor}`, { token });
  expect(ids([...first.json.items, ...rest.json.items])).toEqual(newestFirst);
});

test("an admin sees a customer's orders", async (context) => {
  const admin = await adminToken(context);
  const { token, newestFirst } = await customerWith(2);
  const me = await call<{ id: string }>('GET', '/auth/me', { token });
  const seen = await allPages<Order>(orders, { accountId: me.json.id, limit: '1' }, admin);
  expect(ids(seen.items)).toEqual(newestFirst);
});

test("a customer cannot ask for another customer's orders", async () => {
  const [owner, other] = await Promise.all([customerWith(1), newCustomer()]);
  const me = await call<{ id: string }>('GET', '/auth/me', { token: owner.token });
  const answer = await call('GET', `${orders}?accountId=${me.json.id}`, { token: other.token });
  expectProblem(answer, 403, 'forbidden');
});

test('rejects a tampered cursor and a cursor of another account', async () => {
  const [one, two] = await Promise.all([customerWith(2), newCustomer()]);
  const first = await call<Page<Order>>('GET', `${orders}?limit=1`, { token: one.token });
  const cursor = first.json.nextCursor ?? '';
  expect(cursor).not.toBe('');
  const ask = (text: string, token: string) =>
    call('GET', `${orders}?limit=1&cursor=${encodeURIComponent(text)}`, { token });
  expectProblem(await ask(cursor, two.token), 400, 'invalid-cursor');
  const changed = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
  expectProblem(await ask(changed, one.token), 400, 'invalid-cursor');
});

test.each(['0', '101', '-1', '1.5', 'many'])('rejects a page size of %s', async (limit) => {
  const { token } = await anyCustomer();
  const answer = await call('GET', `${orders}?limit=${limit}`, { token });
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain('limit');
});

test('listing orders requires a token', async () => {
  expectProblem(await call('GET', orders), 401, 'invalid-token');
});
