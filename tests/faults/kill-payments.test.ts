import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { call, eventually } from '../conformance/support/http.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  orderOf,
  place,
  unique,
} from '../conformance/support/shop.ts';
import { kill, statement } from './support/control.ts';
import { seed, seededRandom } from './support/seeded.ts';
import { settledWithDeadline } from './support/settled-with-deadline.ts';

const ORDERS = 20;
const PRICE_CENTS = 1000;

test(`killing payments during ${ORDERS} orders loses nothing and charges nothing twice (seed ${seed})`, async (context) => {
  const random = seededRandom();
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: ORDERS, priceCents: PRICE_CENTS });
  const { token } = await newCustomer();

  let killed = 0;
  const killing = (async () => {
    for (let count = 0; count < 3; count += 1) {
      await sleep(20 + random() * 250);
      killed += await kill('payments');
    }
  })();
  const accepted = await Promise.all(
    Array.from({ length: ORDERS }, async () => {
      await sleep(random() * 400);
      return placeUntilAccepted(token, orderOf(product));
    }),
  );
  await killing;
  expect(killed, 'the fault must have happened').toBeGreaterThan(0);

  const ended = await Promise.all(accepted.map((id) => settledWithDeadline(token, id)));
  expect(ended.map((order) => order.state)).toSatisfy((states: string[]) =>
    states.every((state) => state === 'confirmed' || state === 'cancelled'),
  );
  const confirmed = new Set(ended.filter((o) => o.state === 'confirmed').map((o) => o.id));

  const mine = new Set(accepted);
  const charges = (await statement()).filter(
    (charge) => mine.has(charge.orderId) && charge.status === 'succeeded',
  );
  expect(charges.map((charge) => charge.orderId).toSorted(), 'charged exactly once').toEqual(
    [...confirmed].toSorted(),
  );

  const balance = await call<{ sumCents: Record<string, number> }>(
    'GET',
    '/payments/ledger/balance',
    { token: admin },
  );
  expect(Object.values(balance.json.sumCents).every((sum) => sum === 0)).toBe(true);
  await eventually(
    async () =>
      (await call<{ available: number }>('GET', `/catalog/products/${product.id}`)).json.available,
    (left) => left === ORDERS - confirmed.size,
  );
});

/** Retries with one idempotency key until the order is accepted, as a client should. */
async function placeUntilAccepted(token: string, body: unknown): Promise<string> {
  const key = unique('key');
  const answer = await eventually(
    () => place(token, body, key).catch(() => undefined),
    (got) => got?.status === 202,
  );
  return answer?.json.id ?? '';
}
