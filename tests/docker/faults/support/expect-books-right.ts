import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { expect } from 'vitest';
import { call, eventually } from '../../../conformance/support/http.ts';
import { book } from '../../../conformance/support/products.ts';
import { unique } from '../../../conformance/support/shop.ts';
import { statement, variant } from '../../../faults/support/control.ts';

/** Messages that were out when their container went come back after 30 s. */
const settledWithinMs = 90_000;

/**
 * Each order charged once at the provider, the ledger in balance and as the provider's statement says, and every unit sold
 * once and none held.
 */
export async function expectBooksRight(expected: {
  admin: string;
  productId: string;
  sold: number;
  orderIds: readonly string[];
}): Promise<void> {
  const { admin, productId, sold, orderIds } = expected;
  const charged = (await statement())
    .filter(({ orderId, status }) => orderIds.includes(orderId) && status === 'succeeded')
    .map(({ orderId }) => orderId);
  expect(charged.toSorted(), 'charged once, exactly').toEqual(orderIds.toSorted());

  // Stock is told to whoever books it: one unit in, one out, which changes nothing.
  const stock = await eventually(
    async () => {
      await book(admin, productId, unique('look'), 1);
      return (await book(admin, productId, unique('look'), -1)).json;
    },
    ({ held }) => held === 0,
    settledWithinMs,
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
    settledWithinMs,
  );
  expect(differences).toEqual([]);
}
