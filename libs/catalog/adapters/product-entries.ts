import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ItemKey } from '@triptych/platform/aws';
import {
  ORDERINGS,
  type Positioned,
  type Product,
  positionOf,
  productWords,
} from '../core/index.ts';
import { keys } from './catalog-table.ts';

/** A word's item: all that a search needs to filter and sort, without reading the products. */
export interface WordEntry extends Positioned {
  readonly category: string;
  readonly words: readonly string[];
}

type Entry = ItemKey & Record<string, unknown>;

/**
 * The items that lead to a product: for each ordering one in the list of all products and one in
 * its category's (6), and one per word (at most 40). Stock movements do not change them.
 */
function entriesOf(product: Product): Entry[] {
  const { id, name, category, createdAt, price } = product;
  const words = productWords(product);
  const facts: WordEntry = { id, name, category, createdAt, price, words };
  return [
    ...ORDERINGS.flatMap((by) =>
      [undefined, category].map((of) => ({ ...keys.listed(by, of, positionOf(product, by)), id })),
    ),
    ...words.map((word) => ({ ...keys.word(word, positionOf(product, 'age')), ...facts })),
  ];
}

/**
 * The writes that turn the entries of `before` into those of `after`; `undefined` stands for a
 * product that does not exist. At most 46 deletes and 46 puts, which leaves 8 of the 100 items of a
 * transaction for the caller.
 */
export function entryChanges(
  table: string,
  before: Product | undefined,
  after: Product | undefined,
): TransactWriteItem[] {
  const nameOf = ({ pk, sk }: ItemKey) => `${pk} ${sk}`;
  const old = new Map((before ? entriesOf(before) : []).map((entry) => [nameOf(entry), entry]));
  const fresh = after ? entriesOf(after) : [];
  const written = fresh.filter((entry) => !isDeepStrictEqual(entry, old.get(nameOf(entry))));
  for (const entry of fresh) old.delete(nameOf(entry));
  return [
    ...[...old.values()].map(({ pk, sk }) => ({
      Delete: { TableName: table, Key: marshall({ pk, sk }) },
    })),
    ...written.map((entry) => ({ Put: { TableName: table, Item: marshall(entry) } })),
  ];
}
