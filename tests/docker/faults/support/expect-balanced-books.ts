import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { expect } from 'vitest';
import { call, eventually } from '../../../conformance/support/http.ts';
import { book } from '../../../conformance/support/products.ts';
import { unique } from '../../../conformance/support/shop.ts';
import { statement, variant } from '../../../faults/support/control.ts';

/** Messages that a lost container had received become visible after 30 s. */
const SETTLE_TIMEOUT_MS = 90_000;

/**
 * Expects that each order is charged once, that the ledger is balanced and agrees with the provider's statement, and that
 * every unit is sold once and none is held.
 */
export async function expectBalancedBooks(expected: {
  admin: string;
  productId: string;
  sold: number;
  orderIds: readonly string[];
}): Promise<void> {
  const { admin, productId, sold, orderIds } = expected;
  const charged = (await statement())
    .filter(({ orderId, status }) => orderIds.includes(orderId) && status === 'succeeded')
    .map(({ orderId }) => orderId);
  expect(charged.toSorted(), 'charged exactly once').toEqual(orderIds.toSorted());

  // A booking returns the stock. One unit in and one out changes nothing.
  const stock = await eventually(
    async () => {
      await book(admin, productId, unique('look'), 1);
      return (await book(admin, productId, unique('look'), -1)).json;
    },
    ({ held }) => held === 0,
    SETTLE_TIMEOUT_MS,
  );
  expect(stock).toMatchObject({ sold, available: 0 });

  const { json } = await call<{ sumCents: Record<string, number> }>(
    'GET',
    '/payments/ledger/balance',
    { token: admin },
  );
  expect(Object.values(json.sumCents).every((cents) => cents === 0)).toBe(true);
  const differences = await eventually(
    () =>
      reconcileVariant({
        variant,
        days: 1,
        endpointUrl: process.env.TRIPTYCH_ENDPOINT_URL ?? '',
        providerUrl: process.env.TRIPTYCH_PROVIDER_URL ?? '',
      }),
    (found) => found.length === 0,
    SETTLE_TIMEOUT_MS,
  );
  expect(differences).toEqual([]);
}
