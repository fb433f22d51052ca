import type { SavedChange, SavedState } from '../persist/index.ts';
import { checkItem, runSync } from './dynalite.ts';
import type { Change, MemoryStore } from './memory-store.ts';
import type { Item } from './table-types.ts';

/** Saves the items of all tables across restarts of the local cloud. */
export class SavedItems {
  readonly #saved: SavedState;
  #restoring = false;

  constructor(saved: SavedState) {
    this.#saved = saved;
  }

  /** Epoch milliseconds at which a table of this name was first created. A restart keeps it. */
  createdAt(tableName: string): number {
    const before = this.#saved.entries('tables').find(({ key }) => key === tableName);
    if (before) return before.value as number;
    const now = Date.now();
    this.#saved.write([{ area: 'tables', key: tableName, value: now }]);
    return now;
  }

  /** Saves the changes of one commit atomically. */
  write(changes: readonly Change[]): void {
    if (this.#restoring) return;
    const last = new Map(changes.map((change) => [`${change.tableName} ${change.key}`, change]));
    this.#saved.write([...last.values()].map(savedChange));
  }

  /**
   * Restores the saved items of a new table and its indexes, without stream records. Items that no
   * longer match the table's key schema stay in the folder and are skipped.
   * @returns the number of skipped items
   */
  restore(store: MemoryStore, TableName: string): number {
    const table = store.table(TableName);
    let skipped = 0;
    this.#restoring = true;
    try {
      for (const { value } of this.#saved.entries(area(TableName))) {
        try {
          if (table) checkItem(value as Item, table);
          store.atomically(() => runSync('putItem', { TableName, Item: value }, store));
        } catch {
          skipped += 1;
        }
      }
    } finally {
      this.#restoring = false;
    }
    return skipped;
  }

  /** Deletes the saved items of a removed table. */
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
