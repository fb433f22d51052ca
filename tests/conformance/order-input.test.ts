import { expect, test } from 'vitest';
import { anyCustomer } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { place, unique, usd } from './support/shop.ts';

const line = { productId: 'lamp', quantity: 1 };
const good = { lines: [line], expectedTotal: usd(100), paymentMethod: 'pm_card_visa' };
const quantity = (value: unknown) => ({ lines: [{ ...line, quantity: value }] });
const lines = (count: number) => ({
  lines: Array.from({ length: count }, (_, n) => ({ ...line, productId: `p${n}` })),
});

test.each([
  ['a quantity of 0', quantity(0), 'quantity'],
  ['a quantity of -1', quantity(-1), 'quantity'],
  ['a quantity of 1.5', quantity(1.5), 'quantity'],
  ['a quantity of 1e308', quantity(1e308), 'quantity'],
  ['a quantity of 2^53', quantity(2 ** 53), 'quantity'],
  ['a quantity in quotes', quantity('1'), 'quantity'],
  ['a quantity of null', quantity(null), 'quantity'],
  ['no lines', lines(0), 'lines'],
  ['41 lines', lines(41), 'lines'],
  ['a product twice', { lines: [line, { ...line, quantity: 2 }] }, 'lines'],
  ['lines that are not a list', { lines: { 0: line } }, 'lines'],
  ['a price from the client', { lines: [{ ...line, unitPrice: 1 }] }, 'unitPrice'],
  ['a total from the client', { total: usd(1) }, 'total'],
  ['a state from the client', { state: 'confirmed' }, 'state'],
  ['another account', { accountId: 'somebody' }, 'accountId'],
  ['a product id with a slash', { lines: [{ ...line, productId: '../x' }] }, 'productId'],
  [
    'a product id of 65 characters',
    { lines: [{ ...line, productId: 'p'.repeat(65) }] },
    'productId',
  ],
  ['a negative total', { expectedTotal: usd(-1) }, 'expectedTotal'],
  ['half a cent', { expectedTotal: usd(0.5) }, 'expectedTotal'],
  ['a total of 2^53 cents', { expectedTotal: usd(2 ** 53) }, 'expectedTotal'],
  ['an unknown currency', { expectedTotal: { amountCents: 1, currency: 'gold' } }, 'expectedTotal'],
  ['card data', { paymentMethod: '4242424242424242' }, 'paymentMethod'],
  ['no payment method', { paymentMethod: undefined }, 'paymentMethod'],
] as const)('rejects %s, naming the field', async (_title, change, field) => {
  const { token } = await anyCustomer();
  const problem = expectProblem(await place(token, { ...good, ...change }), 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain(field);
});

test.each([
  ['null', null],
  ['a list', [good]],
  ['a string', 'order'],
  ['a number', 1],
])('rejects a body that is %s', async (_title, body) => {
  const { token } = await anyCustomer();
  expectProblem(await place(token, body), 400, 'validation');
});

test('40 lines are accepted', async () => {
  const { token } = await anyCustomer();
  const answer = await place(token, { ...good, ...lines(40) });
  expect(answer.status, answer.text).toBe(202);
});

test('rejects an order without an idempotency key', async () => {
  const { token } = await anyCustomer();
  const answer = await call('POST', '/payments/orders', { token, body: good });
  expectProblem(answer, 400, 'idempotency-key-missing');
});

test.each([
  ['empty', ''],
  ['256 characters long', 'k'.repeat(256)],
  ['made of two words', 'two words'],
  ['interrupted by a tab', 'a\tb'],
  ['not ASCII', 'schlüssel'],
])('rejects a key that is %s', async (_title, key) => {
  const { token } = await anyCustomer();
  expectProblem(await place(token, good, key), 400, 'idempotency-key-invalid');
});

test('a key of 255 visible characters is accepted', async () => {
  const { token } = await anyCustomer();
  const key = `${unique('key')}!~{}"`.padEnd(255, 'k');
  expect((await place(token, good, key)).status).toBe(202);
});

test('ordering requires a token, whatever the body', async () => {
  const answer = await call('POST', '/payments/orders', {
    body: {},
    headers: { 'idempotency-key': unique('key') },
  });
  expectProblem(answer, 401, 'invalid-token');
});
