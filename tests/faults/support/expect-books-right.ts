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

/** What a killed process had in hand comes back after 30 s, and then has its way through the shop before it. */
const withinMs = 75_000;

/**
 * After any fault: the ledger sums to zero and says what the provider says, and of the stock nothing is
 * lost, held for ever or sold twice.
 */
export async function expectBooksRight({ admin, productId, received, sold }: Expected) {
  const look = unique('look');
  const stock = await eventually(
    async () => {
      await deliverDelayedNow();
      return stockOf(admin, productId, look);
    },
    (now) => now?.held === 0 && now.sold === sold,
    withinMs,
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
 * Stock is told to whoever books it: one unit in, one out, which changes nothing. Under one name each time, so that what
 * was refused or got lost halfway is made up for; undefined until both are booked.
 */
async function stockOf(admin: string, productId: string, look: string): Promise<Stock | undefined> {
  const taken = await book(admin, productId, `${look}-in`, 1);
  const given = await book(admin, productId, `${look}-out`, -1);
  return taken.status === 200 && given.status === 200 ? given.json : undefined;
}
