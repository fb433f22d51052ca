import { expect } from 'vitest';
import { call, eventually } from '../../conformance/support/http.ts';
import { book, type Stock } from '../../conformance/support/products.ts';
import { unique } from '../../conformance/support/shop.ts';
import { deliverDelayedNow, differences } from './control.ts';

/** What a product's stock must come to: of what was received, this many are sold for good. */
interface Expected {
  admin: string;
  productId: string;
  received: number;
  sold: number;
}

/**
 * After any fault: the ledger sums to zero and says what the provider says, and of the stock nothing is
 * lost, held for ever or sold twice.
 */
export async function expectBooksRight({ admin, productId, received, sold }: Expected) {
  const stock = await eventually(
    async () => {
      await deliverDelayedNow();
      return stockOf(admin, productId);
    },
    ({ held, ...now }) => held === 0 && now.sold === sold,
    45_000,
  );
  expect(stock.available + stock.sold).toBe(received);
  const { json } = await call<{ sumCents: Record<string, number> }>(
    'GET',
    '/payments/ledger/balance',
    { token: admin },
  );
  expect(Object.values(json.sumCents).every((cents) => cents === 0)).toBe(true);
  expect(await differences()).toEqual([]);
}

/** Stock is told to whoever books it: one unit in, one out, which changes nothing. */
async function stockOf(admin: string, productId: string): Promise<Stock> {
  await book(admin, productId, unique('look'), 1);
  return (await book(admin, productId, unique('look'), -1)).json;
}
