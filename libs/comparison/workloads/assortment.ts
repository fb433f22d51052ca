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
/** No run sells as many units of one as this; what has fewer is filled up with many more. */
const enough = 1_000;
const delivery = 20_000;

/** What a load sells and shows. */
export interface Assortment {
  readonly sold: readonly Product[];
  /** Ids of pictures. */
  readonly pictures: readonly string[];
}

/** What the shop has. @throws UnexpectedAnswer when it refuses; Error when it has no products or no pictures */
export async function readAssortment(shop: ShopConnection): Promise<Assortment> {
  const { items } = await expectJson<{ items: Product[] }>(
    shop,
    { method: 'GET', path: '/catalog/products?limit=100' },
    200,
  );
  const pictures = items.flatMap(({ image }) => (image ? [image.imageId] : []));
  const sold = items.filter(({ available }) => available > 0).slice(0, bought);
  if (sold.length === 0) throw new Error(`${shop.baseUrl} has nothing in stock: seed it first`);
  if (pictures.length === 0) throw new Error(`${shop.baseUrl} has no pictures: seed it first`);
  return { sold, pictures };
}

/** Has the admin fill up what will be bought. @throws UnexpectedAnswer when the shop refuses */
export async function stockUp(
  shop: ShopConnection,
  { sold }: Assortment,
  admin: Account,
): Promise<void> {
  const scarce = sold.filter(({ available }) => available < enough);
  if (scarce.length === 0) return;
  const { token } = await logIn(shop, admin);
  for (const { id } of scarce) {
    await expectAnswer(
      shop,
      {
        method: 'POST',
        path: `/catalog/products/${id}/stock`,
        headers: { authorization: `Bearer ${token}` },
        json: { receiptId: `compare-${randomUUID()}`, quantity: delivery },
      },
      200,
    );
  }
}
