import { expect } from 'vitest';
import { call, eventually } from '../../conformance/support/http.ts';
import { book, type Stock } from '../../conformance/support/products.ts';
import { unique } from '../../conformance/support/shop.ts';
import { deliverDelayedNow, differences } from './control.ts';

/** What a product's stock must add up to. */
interface Expected {
  admin: string;
  productId: string;
  received: number;
  sold: number;
}

/**
 * Holds after any fault: the ledger sums to zero and agrees with the provider, and no stock is lost, held forever or sold
 * twice.
 */
export async function expectBalancedBooks({ admin, productId, received, sold }: Expected) {
  const look = unique('look');
  const stock = await eventually(
    async () => {
      await deliverDelayedNow();
      return stockOf(admin, productId, look);
    },
    (now) => now?.held === 0 && now.sold === sold,
  );
  expect(Number(stock?.available) + Number(stock?.sold)).toBe(received);
  const { json } = await call<{ sumCents: Record<string, number> }>(
    'GET',
    '/payments/ledger/balance',
    { token: admin },
  );
  expect(Object.values(json.sumCents).every((cents) => cents === 0)).toBe(true);
  expect(await differences()).toEqual([]);
}

/**
 * Reads a product's stock from the response to a booking: one unit in and one out, which changes nothing. Both receipts
 * keep their ids, so a retry completes a pair that was interrupted. Returns undefined until both are booked.
 */
async function stockOf(admin: string, productId: string, look: string): Promise<Stock | undefined> {
  const taken = await book(admin, productId, `${look}-in`, 1);
  const given = await book(admin, productId, `${look}-out`, -1);
  return taken.status === 200 && given.status === 200 ? given.json : undefined;
}
