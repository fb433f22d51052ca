import { call } from './http.ts';
import type { Product } from './shop.ts';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Stock {
  productId: string;
  received: number;
  available: number;
  held: number;
  sold: number;
}

/** An entity tag, quoted as RFC 9110 requires. */
export const tag = (version: number) => `"${version}"`;

export const change = (token: string, id: string, body: unknown, ifMatch?: string) =>
  call<Product>('PATCH', `/catalog/products/${id}`, {
    token,
    body,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });

export const remove = (token: string, id: string) =>
  call('DELETE', `/catalog/products/${id}`, { token });

export const read = (id: string) => call<Product>('GET', `/catalog/products/${id}`);

export const book = (token: string, id: string, receiptId: string, quantity: unknown) =>
  call<Stock>('POST', `/catalog/products/${id}/stock`, {
    token,
    body: { receiptId, quantity },
  });

const MAX_PAGES = 200;

/** Reads a list page by page. Returns all items and the number of pages. */
export async function allPages<T = Product>(
  path: string,
  query: Record<string, string>,
  token?: string,
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let pages = 0;
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams({ ...query, ...(cursor ? { cursor } : {}) });
    const page = await call<Page<T>>('GET', `${path}?${search}`, token ? { token } : {});
    if (page.status !== 200) throw new Error(`${page.status} ${page.text}`);
    items.push(...page.json.items);
    cursor = page.json.nextCursor;
    pages += 1;
  } while (cursor !== null && pages < MAX_PAGES);
  return { items, pages };
}
