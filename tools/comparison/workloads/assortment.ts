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

/** A shop may have many products that are not its own: tests make some. Those with a picture are meant for customers. */
const mostPages = 20;

/** What the shop has. @throws UnexpectedAnswer when it refuses; Error when it has no products or no pictures */
export async function readAssortment(shop: ShopConnection): Promise<Assortment> {
  const items = await readProducts(shop);
  const pictures = new Set(items.flatMap(({ image }) => (image ? [image.imageId] : [])));
  const inStock = items.filter(({ available }) => available > 0);
  const shown = inStock.filter(({ image }) => image !== null);
  const sold = (shown.length > 0 ? shown : inStock).slice(0, bought);
  if (sold.length === 0) throw new Error(`${shop.baseUrl} has nothing in stock: seed it first`);
  if (pictures.size === 0) throw new Error(`${shop.baseUrl} has no pictures: seed it first`);
  return { sold, pictures: [...pictures] };
}

async function readProducts(shop: ShopConnection): Promise<Product[]> {
  const products: Product[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages && (page === 0 || cursor !== undefined); page += 1) {
    const onward = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/catalog/products?limit=100${onward}`;
    const { items, nextCursor } = await expectJson<{ items: Product[]; nextCursor?: string }>(
      shop,
      { method: 'GET', path },
      200,
    );
    products.push(...items);
    cursor = nextCursor ?? undefined;
  }
  return products;
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
