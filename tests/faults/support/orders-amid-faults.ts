import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type TestContext } from 'vitest';
import { eventually } from '../../conformance/support/http.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  type Order,
  orderOf,
  place,
  unique,
} from '../../conformance/support/shop.ts';
import { statement } from './control.ts';
import { expectBalancedBooks } from './expect-balanced-books.ts';
import { settledWithDeadline } from './settled-with-deadline.ts';

/** The orders arrive within this time. */
const ARRIVE_MS = 400;

/**
 * Places orders while a fault acts, waits until all have ended, and checks that each confirmed order was charged exactly
 * once, that no other order was charged, and that the books balance.
 * @param fault acts while the orders are placed. The checks begin when it has resolved
 */
export async function ordersAmid(
  context: TestContext,
  options: {
    readonly orders: number;
    readonly random: () => number;
    readonly fault: () => Promise<void>;
  },
): Promise<readonly Order[]> {
  const { orders, random, fault } = options;
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: orders, priceCents: 1000 });
  const { token } = await newCustomer();
  const acting = fault();
  const ids = await Promise.all(
    Array.from({ length: orders }, async () => {
      await sleep(random() * ARRIVE_MS);
      return placeUntilAccepted(token, orderOf(product));
    }),
  );
  await acting;

  const ended = await Promise.all(ids.map((id) => settledWithDeadline(token, id)));
  expect(ended.map(({ state }) => state)).toSatisfy((states: string[]) =>
    states.every((state) => state === 'confirmed' || state === 'cancelled'),
  );
  const confirmed = ended.filter(({ state }) => state === 'confirmed').map(({ id }) => id);
  const charged = (await statement())
    .filter(({ orderId, status }) => ids.includes(orderId) && status === 'succeeded')
    .map(({ orderId }) => orderId);
  expect(charged.toSorted(), 'charged exactly once').toEqual(confirmed.toSorted());
  const sold = confirmed.length;
  await expectBalancedBooks({ admin, productId: product.id, received: orders, sold });
  return ended;
}

/** Retries with one idempotency key until the order is accepted, as a client should. */
async function placeUntilAccepted(token: string, body: unknown): Promise<string> {
  const key = unique('key');
  const answer = await eventually(
    () => place(token, body, key).catch(() => undefined),
    (got) => got?.status === 202,
  );
  return answer?.json.id ?? '';
}
