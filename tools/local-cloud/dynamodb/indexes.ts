import type { Item, Table } from './table-types.ts';

export type IndexKind = 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes';

export interface Index {
  readonly kind: IndexKind;
  readonly name: string;
  readonly keys: readonly string[];
  /** The attributes that the index holds. Undefined means all. */
  readonly attributes: ReadonlySet<string> | undefined;
}

/** The secondary indexes of a table. */
export function indexesOf(table: Table): Index[] {
  const tableKeys = table.KeySchema.map((key) => key.AttributeName);
  return (['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'] as const).flatMap((kind) =>
    (table[kind] ?? []).map(({ IndexName, KeySchema, Projection }) => {
      const keys = KeySchema.map((key) => key.AttributeName);
      const attributes =
        Projection?.ProjectionType === 'ALL'
          ? undefined
          : new Set([...tableKeys, ...keys, ...(Projection?.NonKeyAttributes ?? [])]);
      return { kind, name: IndexName, keys, attributes };
    }),
  );
}

/** What an index holds of an item. Undefined when the item lacks a key of the index. */
export function indexEntry(index: Index, item: Item | undefined): Item | undefined {
  if (!item || index.keys.some((key) => item[key] === undefined)) return undefined;
  const { attributes } = index;
  if (!attributes) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => attributes.has(name)));
}
