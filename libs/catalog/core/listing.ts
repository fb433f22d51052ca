import type { Product } from './product.ts';
import { productWords, wordsOf } from './words.ts';

/*
 * Rules of product lists. A page is cut out of one total order: every product has a unique position
 * in it, and the cursor of a page is the position of its last product. Positions are values (price
 * and id, for example), so the next page starts at the right place even if that product has since
 * been changed or removed. Lists are read consistently, so they show every change at once.
 */

/** The orders in which a customer can list products. */
export const SORTS = ['newest', 'price-asc', 'price-desc', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** The orders that a store maintains. A sort reads one of them, forwards or backwards. */
export const ORDERINGS = ['age', 'price', 'name'] as const;
export type Ordering = (typeof ORDERINGS)[number];

/** The ordering and the direction of each sort. */
export const SORT_ORDER: Record<Sort, { readonly by: Ordering; readonly descending: boolean }> = {
  newest: { by: 'age', descending: true },
  'price-asc': { by: 'price', descending: false },
  'price-desc': { by: 'price', descending: true },
  name: { by: 'name', descending: false },
};

/** Digits of a price in a position, zero-padded so that text order is numeric order. */
const PRICE_DIGITS = 15;

/** Characters of a name that count for its position. */
const MAX_NAME_KEY_LENGTH = 64;

/** The fields that determine a product's position in each ordering. */
export type Positioned = Pick<Product, 'id' | 'name' | 'createdAt' | 'price'>;

/**
 * The position of a product in an ordering. Positions are unique, because they end with the id, and
 * comparing them as text yields the ordering. `#` sorts before every character that a name key
 * contains, so `lamp` comes before `lamp-2` and `lamps`.
 */
export function positionOf({ id, name, createdAt, price }: Positioned, by: Ordering): string {
  if (by === 'age') return `${createdAt}#${id}`;
  if (by === 'price') return `${String(price.amountCents).padStart(PRICE_DIGITS, '0')}#${id}`;
  return `${nameKey(name)}#${id}`;
}

/**
 * A name as a sort key: its words, joined by hyphens. Characters from U+E000 on become `~`, because
 * JavaScript (UTF-16) and DynamoDB (UTF-8) order them differently.
 */
function nameKey(name: string): string {
  const words = wordsOf(name).join('-');
  return words.replace(/[\u{E000}-\u{10FFFF}]/gu, '~').slice(0, MAX_NAME_KEY_LENGTH);
}

export interface Filter {
  readonly category?: string;
  /** A product matches if it has all of these words. */
  readonly words?: readonly string[];
}

/** Whether a product matches a filter. An empty list of words matches nothing. */
export function matches(
  product: Pick<Product, 'name' | 'category' | 'description'>,
  { category, words }: Filter,
): boolean {
  if (category !== undefined && product.category !== category) return false;
  if (words === undefined) return true;
  return words.length > 0 && containsAll(productWords(product), words);
}

/** Whether all wanted words are among these words. */
export function containsAll(words: readonly string[], wanted: readonly string[]): boolean {
  const known = new Set(words);
  return wanted.every((word) => known.has(word));
}

/** Sorts all matching items and cuts out the page that follows the position `after`. */
export function pageOf<Item extends Positioned>(
  all: readonly Item[],
  { sort, after, limit }: { readonly sort: Sort; readonly after?: string; readonly limit: number },
): { readonly items: Item[]; readonly next?: string } {
  const { by, descending } = SORT_ORDER[sort];
  const sign = descending ? -1 : 1;
  const compare = (one: string, other: string) => (one < other ? -sign : one > other ? sign : 0);
  const rest = all
    .map((item) => ({ item, position: positionOf(item, by) }))
    .filter(({ position }) => after === undefined || compare(position, after) > 0)
    .sort((one, other) => compare(one.position, other.position));
  const shown = rest.slice(0, limit);
  const items = shown.map(({ item }) => item);
  const end = shown.at(-1);
  return rest.length > limit && end ? { items, next: end.position } : { items };
}
