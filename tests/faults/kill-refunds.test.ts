import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../conformance/support/http.ts';
import { refund, settledRefunds } from '../conformance/support/refunds.ts';
import {
  adminToken,
  buy,
  newCustomer,
  newProduct,
  orderOf,
  unique,
} from '../conformance/support/shop.ts';
import { deliverDelayedNow, kill } from './support/control.ts';
import { expectBalancedBooks } from './support/expect-balanced-books.ts';
import { seed, seededRandom } from './support/seeded.ts';

const ORDERS = 8;

test(`killing payments and catalog during ${ORDERS} refunds pays and restocks each once (seed ${seed})`, async (context) => {
  const random = seededRandom();
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: ORDERS, priceCents: 1000 });
  const { token } = await newCustomer();
  const paid = await Promise.all(
    Array.from({ length: ORDERS }, () => buy(token, orderOf(product))),
  );
  expect(paid.map(({ state }) => state)).toEqual(paid.map(() => 'confirmed'));

  let killed = 0;
  const killing = (async () => {
    for (const service of ['payments', 'catalog', 'payments']) {
      await sleep(20 + random() * 200);
      killed += await kill(service);
    }
  })();
  await Promise.all(
    paid.map(async ({ id }) => {
      await sleep(random() * 300);
      await refundUntilAccepted(admin, id, product.id);
    }),
  );
  await killing;
  expect(killed, 'the fault must have happened').toBeGreaterThan(0);

  for (const { id } of paid) {
    const refunds = await eventually(
      async () => {
        await deliverDelayedNow();
        return settledRefunds(admin, id, 1, 8_000).catch(() => []);
      },
      (items) => items.length > 0,
    );
    expect(refunds).toMatchObject([{ state: 'succeeded', amountCents: 1000 }]);
  }
  await expectBalancedBooks({ admin, productId: product.id, received: ORDERS, sold: 0 });
});

/** Retries with one idempotency key until the refund is accepted, as a client should. */
async function refundUntilAccepted(admin: string, orderId: string, productId: string) {
  const key = unique('key');
  const body = { amountCents: 1000, restock: [{ productId, quantity: 1 }] };
  await eventually(
    () => refund(admin, orderId, body, key).catch(() => undefined),
    (answer) => answer?.status === 202,
  );
}
