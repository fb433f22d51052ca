import { afterEach, expect, test } from 'vitest';
import { expectProblem } from '../conformance/support/expect-problem.ts';
import { call, eventually } from '../conformance/support/http.ts';
import { ready } from '../conformance/support/readiness.ts';
import { cancel, type Refund, refund, refundsOf } from '../conformance/support/refunds.ts';
import {
  adminToken,
  buy,
  newCustomer,
  newProduct,
  type Order,
  orderOf,
  place,
} from '../conformance/support/shop.ts';
import { deliverDelayedNow, providerBehaves } from './support/control.ts';
import { expectBalancedBooks } from './support/expect-balanced-books.ts';
import { confirmedOf, settledWithDeadline } from './support/settled-with-deadline.ts';

afterEach(() => providerBehaves({}));

/** Waits until the only refund of an order has succeeded, and delivers its deadline as often as that takes. */
async function paidBack(admin: string, orderId: string): Promise<readonly Refund[]> {
  return eventually(
    async () => {
      await deliverDelayedNow();
      return refundsOf(admin, orderId);
    },
    (refunds) => refunds?.length === 1 && refunds[0]?.state === 'succeeded',
  );
}

test('while the provider fails, charges and refunds wait and everything else works', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 5, priceCents: 1000 });
  const { email, password, token } = await newCustomer();
  const paid = await buy(token, orderOf(product, 2));

  // Creating an intent succeeds, because an order without an intent could simply be cancelled.
  await providerBehaves({
    failWith500: true,
    operations: ['confirm', 'retrieve', 'cancel', 'refund', 'list'],
  });
  const placed = await place(token, orderOf(product));
  const answers = [
    await call('POST', '/auth/login', { body: { email, password } }),
    await call('GET', '/catalog/products'),
    await call('GET', '/payments/orders', { token }),
  ];
  expect((await ready('payments')).status).toBe(200);
  const asked = await refund(admin, paid.id, { amountCents: 1500 });
  const charging = await eventually(
    async () => (await call<Order>('GET', `/payments/orders/${placed.json.id}`, { token })).json,
    ({ state }) => state === 'charging',
  );
  const late = await cancel(token, charging.id);
  const over = await refund(admin, paid.id, { amountCents: 501 });
  await providerBehaves({});

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect([placed.status, asked.status], asked.text).toEqual([202, 202]);
  expect(asked.json.state).toBe('pending');
  expectProblem(late, 409, 'invalid-transition');
  // A requested refund counts immediately, although it may still fail.
  expectProblem(over, 409, 'refund-exceeds-captured');

  expect(await paidBack(admin, paid.id)).toMatchObject([{ amountCents: 1500 }]);
  const sold = 2 + confirmedOf([await settledWithDeadline(token, placed.json.id)]);
  await expectBalancedBooks({ admin, productId: product.id, received: 5, sold });
});

test('a refund whose response is lost is paid once', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1, priceCents: 1000 });
  const { token } = await newCustomer();
  const paid = await buy(token, orderOf(product));
  await providerBehaves({ dropAnswers: 1, operations: ['refund'] });
  const restock = [{ productId: product.id, quantity: 1 }];
  const asked = await refund(admin, paid.id, { amountCents: 1000, restock });
  expect(asked.status, asked.text).toBe(202);
  expect(await paidBack(admin, paid.id)).toMatchObject([{ amountCents: 1000 }]);
  await expectBalancedBooks({ admin, productId: product.id, received: 1, sold: 0 });
});
