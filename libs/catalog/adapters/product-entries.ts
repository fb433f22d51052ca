import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ItemKey } from '@triptych/platform/aws';
import { orderings, type Placed, type Product, positionOf, productWords } from '../core/index.ts';
import { keys } from './catalog-table.ts';

/** What a word's item says of a product: enough to filter and order what a search finds without reading it all. */
export interface WordEntry extends Placed {
  readonly category: string;
  readonly words: readonly string[];
}

type Entry = ItemKey & Record<string, unknown>;

/**
 * The items by which a product is found: one per order in the list of all and in its category's, and one per word. At
 * most 6 and 40, none of them touched by moves of stock.
 */
function entriesOf(product: Product): Entry[] {
  const { id, name, category, createdAt, price } = product;
  const words = productWords(product);
  const facts: WordEntry = { id, name, category, createdAt, price, words };
  return [
    ...orderings.flatMap((by) =>
      [undefined, category].map((of) => ({ ...keys.listed(by, of, positionOf(product, by)), id })),
    ),
    ...words.map((word) => ({ ...keys.word(word, positionOf(product, 'age')), ...facts })),
  ];
}

/**
 * What a transaction must hold so that a product is found as it is after it; `undefined` where there is none. At most 46
 * items go and 46 come, which leaves 8 of DynamoDB's 100 for the rest.
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
