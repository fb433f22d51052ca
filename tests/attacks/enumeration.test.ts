import { expect, test } from 'vitest';
import { adminToken, anyCustomer, newCustomer } from '../conformance/support/accounts.ts';
import { type Answer, call } from '../conformance/support/http.ts';
import { presign } from '../conformance/support/pictures.ts';
import { read, remove } from '../conformance/support/products.ts';
import { cancel, refund, refundsOf } from '../conformance/support/refunds.ts';
import { buy, newProduct, orderOf, type Problem, unique } from '../conformance/support/shop.ts';

/** Headers that differ between any two responses. */
const VARYING_HEADERS = new Set([
  'date',
  'x-request-id',
  'age',
  'via',
  'x-cache',
  'x-amz-cf-id',
  'apigw-requestid',
  'x-amzn-requestid',
  'lambda-web-request-id',
]);

/** Everything by which a caller can tell two responses apart, except time. */
function bytesOf({ status, text, headers, json }: Answer<unknown>): string {
  const { requestId } = json as Partial<Problem>;
  const shown = [...headers]
    .filter(([name]) => !VARYING_HEADERS.has(name))
    .map((pair) => pair.join(': '));
  return [status, ...shown.toSorted(), requestId ? text.replaceAll(requestId, '') : text].join(
    '\n',
  );
}

const email = () => `${unique('nobody')}@attacks.example`;
const password = 'long enough 1';

test('registering does not reveal who has an account', async () => {
  const known = { email: (await anyCustomer()).email, password };
  const one = await call('POST', '/auth/register', { body: known });
  const other = await call('POST', '/auth/register', { body: { email: email(), password } });
  expect(bytesOf(one)).toBe(bytesOf(other));
});

test('logging in does not reveal who has an account', async () => {
  const known = { email: (await newCustomer()).email, password };
  const one = await call('POST', '/auth/login', { body: known });
  const other = await call('POST', '/auth/login', { body: { email: email(), password } });
  expect(bytesOf(one)).toBe(bytesOf(other));
});

test('logging out does not reveal which tokens exist', async () => {
  const { session } = await newCustomer();
  const body = { refreshToken: session.refreshToken };
  const one = await call('POST', '/auth/logout', { body });
  const other = await call('POST', '/auth/logout', {
    body: { refreshToken: `rt_${'A'.repeat(body.refreshToken.length - 3)}` },
  });
  expect(bytesOf(one)).toBe(bytesOf(other));
});

test("another customer's order looks like an unknown one to every route", async (context) => {
  const product = await newProduct(await adminToken(context), { stock: 1 });
  const [owner, thief] = await Promise.all([newCustomer(), newCustomer()]);
  const { id } = await buy(owner.token, orderOf(product));
  const none = unique('none');
  const { token } = thief;
  for (const ask of [
    (order: string) => call('GET', `/payments/orders/${order}`, { token }),
    (order: string) => call('GET', `/payments/orders/${order}/refunds`, { token }),
    (order: string) => cancel(token, order),
    (order: string) => refund(token, order, { amountCents: 1 }),
  ]) {
    const [theirs, nobodys] = [await ask(id), await ask(none)];
    expect(theirs.status).toBeGreaterThanOrEqual(400);
    expect(bytesOf(theirs)).toBe(bytesOf(nobodys));
  }
  expect(await refundsOf(await adminToken(context), id)).toEqual([]);
});

test('a pending picture looks like an unknown one', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId } = await presign(token, id);
  const pending = await call('GET', `/images/${imageId}/w160.jpeg`);
  const none = await call('GET', `/images/${unique('none')}/w160.jpeg`);
  expect(bytesOf(pending)).toBe(bytesOf(none));
});

test('a deleted product looks like an unknown one', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  await remove(token, id);
  expect(bytesOf(await read(id))).toBe(bytesOf(await read(unique('none'))));
});
