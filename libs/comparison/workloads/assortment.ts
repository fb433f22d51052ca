import { randomUUID } from 'node:crypto';
import { type Account, logIn } from './accounts.ts';
import { expectAnswer, expectJson } from './answers.ts';
import type { ShopConnection } from './shop-connection.ts';

export interface Product {
  readonly id: string;
  readonly price: { readonly amountCents: number; readonly currency: string };
  readonly available: number;
  readonly image: { readonly imageId: string } | null;
}

/** Orders spread over this many products, so that they do not all wait for the same row of the table. */
const bought = 20;
/** Units of each that no run sells. */
const plenty = 20_000;

/** What a load sells and shows. */
export interface Assortment {
  readonly sold: readonly Product[];
  /** Ids of pictures. */
  readonly pictures: readonly string[];
}

/**
 * Reads what the shop has, and has the admin fill up what will be bought.
 * @throws UnexpectedAnswer when the shop refuses; Error when it has no products or no pictures
 */
export async function stockUp(shop: ShopConnection, admin: Account): Promise<Assortment> {
  const { items } = await expectJson<{ items: Product[] }>(
    shop,
    { method: 'GET', path: '/catalog/products?limit=100' },
    200,
  );
  const pictures = items.flatMap(({ image }) => (image ? [image.imageId] : []));
  const sold = items.filter(({ available }) => available > 0).slice(0, bought);
  if (sold.length === 0) throw new Error(`${shop.baseUrl} has nothing in stock: seed it first`);
  if (pictures.length === 0) throw new Error(`${shop.baseUrl} has no pictures: seed it first`);
  const { token } = await logIn(shop, admin);
  for (const { id } of sold.filter(({ available }) => available < plenty)) {
    await expectAnswer(
      shop,
      {
        method: 'POST',
        path: `/catalog/products/${id}/stock`,
        headers: { authorization: `Bearer ${token}` },
        json: { receiptId: `compare-${randomUUID()}`, quantity: plenty },
      },
      200,
    );
  }
  return { sold, pictures };
}
