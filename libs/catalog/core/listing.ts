import type { Product } from './product.ts';
import { productWords, wordsOf } from './words.ts';

/** The orders in which products can be listed. */
export const sorts = ['newest', 'price-asc', 'price-desc', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** What a list is ordered by; two sorts may read the same one in two directions. */
export const orderings = ['age', 'price', 'name'] as const;
export type Ordering = (typeof orderings)[number];

export const sortedBy: Record<Sort, { readonly by: Ordering; readonly descending: boolean }> = {
  newest: { by: 'age', descending: true },
  'price-asc': { by: 'price', descending: false },
  'price-desc': { by: 'price', descending: true },
  name: { by: 'name', descending: false },
};

/** What must be known of a product to put it into its place. */
export type Placed = Pick<Product, 'id' | 'name' | 'createdAt' | 'price'>;

/**
 * Where a product stands: unique, and compared as plain text the order itself. The id breaks ties. `#` sorts before
 * every character that can stand in front of it, so `lamp` comes before `lamp-2` and `lamps`.
 */
export function positionOf({ id, name, createdAt, price }: Placed, by: Ordering): string {
  if (by === 'age') return `${createdAt}#${id}`;
  if (by === 'price') return `${String(price.amountCents).padStart(15, '0')}#${id}`;
  return `${nameKey(name)}#${id}`;
}

/**
 * What remains of a name for sorting: its words, cut to 64 characters. Those from U+E000 on all count as `~`: among the
 * rest, the order of UTF-16 (ours) and of UTF-8 (the table's) is the same.
 */
function nameKey(name: string): string {
  const words = wordsOf(name).join('-');
  return words.replace(/[\u{E000}-\u{10FFFF}]/gu, '~').slice(0, 64);
}

export interface Filter {
  readonly category?: string;
  /** All of them must be among the product's words. */
  readonly words?: readonly string[];
}

/** Whether a product belongs into a list with this filter. */
export function belongs(
  product: Pick<Product, 'name' | 'category' | 'description'>,
  { category, words }: Filter,
): boolean {
  if (category !== undefined && product.category !== category) return false;
  if (words === undefined) return true;
  // A search for nothing but punctuation finds nothing, rather than everything.
  return words.length > 0 && containsAll(productWords(product), words);
}

export function containsAll(words: readonly string[], wanted: readonly string[]): boolean {
  const known = new Set(words);
  return wanted.every((word) => known.has(word));
}

/** Cuts one page out of all that belongs into a list. */
export function pageOf<Item extends Placed>(
  all: readonly Item[],
  { sort, after, limit }: { readonly sort: Sort; readonly after?: string; readonly limit: number },
): { readonly items: Item[]; readonly next?: string } {
  const { by, descending } = sortedBy[sort];
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
