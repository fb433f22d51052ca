import { isDeepStrictEqual } from 'node:util';
import { isSame } from './attribute-values.ts';
import { type Index, type IndexKind, indexEntry, indexesOf } from './indexes.ts';
import { itemBytes } from './item-size.ts';
import type { Item, Table } from './table-types.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
const READ_UNIT_BYTES = 4 * 1024;
const WRITE_UNIT_BYTES = 1024;
/** Transactions cost twice as much, but not in indexes. */
export const TRANSACTION_FACTOR = 2;

/** Capacity units that a call consumed in a table and in its indexes. */
export class Capacity {
  table = 0;
  readonly #indexes = new Map<IndexKind, Map<string, number>>();

  /** Adds units of an index. */
  addIndex(kind: IndexKind, name: string, units: number): void {
    const ofKind = this.#indexes.get(kind) ?? new Map<string, number>();
    this.#indexes.set(kind, ofKind.set(name, (ofKind.get(name) ?? 0) + units));
  }

  /** Units of all indexes. */
  get indexes(): number {
    return [...this.#indexes.values()]
      .flatMap((ofKind) => [...ofKind.values()])
      .reduce((sum, units) => sum + units, 0);
  }

  /**
   * The member `ConsumedCapacity` of a response.
   * @param detail `TOTAL` or `INDEXES`
   * @param transactional the name of the member that transactions add
   */
  describe(
    tableName: string,
    detail: unknown,
    transactional?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
  ): Record<string, unknown> {
    const units = (count: number) => ({
      CapacityUnits: count,
      ...(transactional ? { [transactional]: count } : {}),
    });
    const arms = [...this.#indexes].map(([kind, ofKind]) => [
      kind,
      Object.fromEntries([...ofKind].map(([name, count]) => [name, units(count)])),
    ]);
    return {
      TableName: tableName,
      ...units(this.table + this.indexes),
      ...(detail === 'INDEXES'
        ? { Table: units(this.table), ...(Object.fromEntries(arms) as object) }
        : {}),
    };
  }
}

/** Whether a request asks for the consumed capacity. */
export function wantsCapacity(detail: unknown): boolean {
  return detail === 'TOTAL' || detail === 'INDEXES';
}

/**
 * Read units for an item, or for the total size of several. At least one unit, or half a unit for an
 * eventually consistent read.
 */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
}

/** The read units of a transaction's item: a missing item costs as much as a small one. */
export function transactReadUnits(item: Item | undefined): number {
  return TRANSACTION_FACTOR * readUnits(itemBytes(item), true);
}

/** Adds the units of one item's change. An unchanged or missing item costs one write too. */
export function addWrite(
  capacity: Capacity,
  table: Table,
  change: { before: Item | undefined; after: Item | undefined; transactional: boolean },
): void {
  const { before, after, transactional } = change;
  capacity.table += writeUnits(before, after) * (transactional ? TRANSACTION_FACTOR : 1);
  for (const index of indexesOf(table)) {
    const units = indexWriteUnits(index, before, after);
    if (units > 0) capacity.addIndex(index.kind, index.name, units);
  }
}

/** Write units of 1 KB, by the larger of the old and the new item. */
function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const bytes = Math.max(itemBytes(before), itemBytes(after));
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** Write units in an index. A change of the index key is a delete and a put. */
function indexWriteUnits(index: Index, before: Item | undefined, after: Item | undefined): number {
  const [was, is] = [indexEntry(index, before), indexEntry(index, after)];
  if (!was && !is) return 0;
  if (!was || !is) return writeUnits(was, is);
  if (isSame({ M: was }, { M: is })) return 0;
  const moved = index.keys.some((key) => !isDeepStrictEqual(was[key], is[key]));
  return moved ? writeUnits(was, undefined) + writeUnits(undefined, is) : writeUnits(was, is);
}
