import { afterEach, expect, test } from 'vitest';
import { expectProblem } from '../conformance/support/expect-problem.ts';
import { bytes, call } from '../conformance/support/http.ts';
import { productWithPicture, smooth } from '../conformance/support/pictures.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  orderOf,
  place,
  settled,
  unique,
} from '../conformance/support/shop.ts';
import { misbehave } from './support/control.ts';
import { expectBalancedBooks } from './support/expect-balanced-books.ts';
import { confirmedOf, settledWithDeadline } from './support/settled-with-deadline.ts';

const back = () => misbehave({ away: [] });
afterEach(back);

test('while the tables are down, requests that need them get 503 and the rest works', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 2 });
  const { email, password, token } = await newCustomer();
  const picture = await productWithPicture(admin, await smooth(400, 300));
  const body = orderOf(product);
  const key = unique('key');
  // Builds the document and fetches the key set before the fault, as in a shop in use. Concurrent requests start further
  // processes of a function, which need both as well.
  await Promise.all(Array.from({ length: 6 }, () => call('GET', '/payments/orders', { token })));

  await misbehave({ away: ['dynamodb'] });
  const once = true;
  const needTables = {
    'an order': () => place(token, body, key, { once }),
    'the list of orders': () => call('GET', '/payments/orders', { token, once }),
    'one order': () => call('GET', '/payments/orders/none', { token, once }),
    'the ledger': () => call('GET', '/payments/ledger/balance', { token: admin, once }),
    'a log-in': () => call('POST', '/auth/login', { body: { email, password }, once }),
    'a registration': () =>
      call('POST', '/auth/register', {
        body: { email: `${unique('n')}@x.example`, password },
        once,
      }),
    'a refresh': () => call('POST', '/auth/refresh', { body: { refreshToken: 'rt_none' }, once }),
    'the products': () => call('GET', '/catalog/products', { once }),
    'one product': () => call('GET', `/catalog/products/${product.id}`, { once }),
    'a delivery': () =>
      call('POST', `/catalog/products/${product.id}/stock`, {
        token: admin,
        body: { receiptId: unique('receipt'), quantity: 1 },
        once,
      }),
  };
  const rejected = await Promise.all(
    Object.entries(needTables).map(async ([what, ask]) => ({ what, answer: await ask() })),
  );
  const goesOn = await Promise.all([
    bytes(`/images/${picture}/w160.jpeg`),
    call('GET', '/auth/health/live'),
    call('GET', '/payments/openapi.json'),
  ]);
  const malformed = await call('POST', '/auth/login', { raw: '{' });
  const forged = await call('GET', '/payments/orders', { token: 'forged' });
  const invalid = await place(token, { ...body, lines: [] }, key);
  await back();

  for (const { what, answer } of rejected) {
    expect({ what, status: answer.status }, answer.text).toEqual({ what, status: 503 });
    expectProblem(answer, 503, 'unavailable');
    expect(Number(answer.headers.get('retry-after')), what).toBeGreaterThan(0);
  }
  expect(goesOn.map(({ status }) => status)).toEqual([200, 200, 200]);
  expectProblem(malformed, 400, 'malformed-json');
  expectProblem(forged, 401, 'invalid-token');
  expectProblem(invalid, 400, 'validation');

  const placed = await place(token, body, key);
  expect(placed.status, placed.text).toBe(202);
  expect((await settled(token, placed.json.id)).state).toBe('confirmed');
  await expectBalancedBooks({ admin, productId: product.id, received: 2, sold: 1 });
});

test('tables that repeatedly go down lose no order and no unit', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 6 });
  const { token } = await newCustomer();
  const placed = await Promise.all(Array.from({ length: 6 }, () => place(token, orderOf(product))));
  for (let turn = 0; turn < 3; turn += 1) {
    await misbehave({ away: ['dynamodb'] });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await misbehave({ away: [] });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const taken = placed.filter(({ status }) => status === 202).map(({ json }) => json.id);
  const ended = await Promise.all(taken.map((id) => settledWithDeadline(token, id)));
  const sold = confirmedOf(ended);
  await expectBalancedBooks({ admin, productId: product.id, received: 6, sold });
});
