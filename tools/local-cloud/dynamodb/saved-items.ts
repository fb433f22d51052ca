import type { SavedChange, SavedState } from '../persist/index.ts';
import { checkItem, runAtOnce } from './dynalite.ts';
import type { Change, MemoryStore } from './memory-store.ts';
import type { Item } from './table-types.ts';

/** Items of all tables that outlive the local cloud. */
export class SavedItems {
  readonly #saved: SavedState;
  #restoring = false;

  constructor(saved: SavedState) {
    this.#saved = saved;
  }

  /** Epoch milliseconds at which a table of this name was created first; from then on it is the same table. */
  createdAt(tableName: string): number {
    const before = this.#saved.entries('tables').find(({ key }) => key === tableName);
    if (before) return before.value as number;
    const now = Date.now();
    this.#saved.write([{ area: 'tables', key: tableName, value: now }]);
    return now;
  }

  /** Notes one commit as one. */
  write(changes: readonly Change[]): void {
    if (this.#restoring) return;
    const last = new Map(changes.map((change) => [`${change.tableName} ${change.key}`, change]));
    this.#saved.write([...last.values()].map(savedChange));
  }

  /**
   * Puts the items of the last run into a new table, with its indexes, and without stream records. Items that the
   * table's keys do not fit (any more) stay in the folder, out of sight.
   * @returns how many those are
   */
  restore(store: MemoryStore, TableName: string): number {
    const table = store.table(TableName);
    let misfits = 0;
    this.#restoring = true;
    try {
      for (const { value } of this.#saved.entries(area(TableName))) {
        try {
          if (table) checkItem(value as Item, table);
          store.atomically(() => runAtOnce('putItem', { TableName, Item: value }, store));
        } catch {
          misfits += 1;
        }
      }
    } finally {
      this.#restoring = false;
    }
    return misfits;
  }

  /** Forgets the items of a table that is removed. */
  remove(tableName: string): void {
    const keys = this.#saved.entries(area(tableName)).map(({ key }) => key);
    const items = keys.map((key) => ({ area: area(tableName), key }));
    this.#saved.write([...items, { area: 'tables', key: tableName }]);
  }
}

function area(tableName: string): string {
  return `table ${tableName}`;
}

function savedChange({ tableName, key, after }: Change): SavedChange {
  return { area: area(tableName), key, ...(after ? { value: after } : {}) };
}
