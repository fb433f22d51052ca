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

/** Orders are spread over this many products, so that they do not all contend for the same item of the table. */
const SOLD_PRODUCTS = 20;
/** A run never sells this many units of one product. Products with less stock are restocked with `RESTOCK_UNITS`. */
const MIN_STOCK_UNITS = 1_000;
const RESTOCK_UNITS = 20_000;

/** The products and pictures that a load uses. */
export interface Assortment {
  readonly sold: readonly Product[];
  /** Picture ids. */
  readonly pictures: readonly string[];
}

/** Tests may have left many products behind. Only products with a picture are part of the real assortment. */
const MAX_PAGES = 20;

/** Reads the shop's products and pictures. @throws UnexpectedAnswer for an error status; Error if there are none */
export async function readAssortment(shop: ShopConnection): Promise<Assortment> {
  const items = await readProducts(shop);
  const pictures = new Set(items.flatMap(({ image }) => (image ? [image.imageId] : [])));
  const inStock = items.filter(({ available }) => available > 0);
  const shown = inStock.filter(({ image }) => image !== null);
  const sold = (shown.length > 0 ? shown : inStock).slice(0, SOLD_PRODUCTS);
  if (sold.length === 0) throw new Error(`${shop.baseUrl} has nothing in stock: seed it first`);
  if (pictures.size === 0) throw new Error(`${shop.baseUrl} has no pictures: seed it first`);
  return { sold, pictures: [...pictures] };
}

async function readProducts(shop: ShopConnection): Promise<Product[]> {
  const products: Product[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && (page === 0 || cursor !== undefined); page += 1) {
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

/** Restocks the sold products as the admin. @throws UnexpectedAnswer if the shop rejects a request */
export async function stockUp(
  shop: ShopConnection,
  { sold }: Assortment,
  admin: Account,
): Promise<void> {
  const scarce = sold.filter(({ available }) => available < MIN_STOCK_UNITS);
  if (scarce.length === 0) return;
  const { token } = await logIn(shop, admin);
  for (const { id } of scarce) {
    await expectAnswer(
      shop,
      {
        method: 'POST',
        path: `/catalog/products/${id}/stock`,
        headers: { authorization: `Bearer ${token}` },
        json: { receiptId: `compare-${randomUUID()}`, quantity: RESTOCK_UNITS },
      },
      200,
    );
  }
}
