import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../kernel.ts';
import { type RangeOptions, SortedMap, valueStream } from './sorted-map.ts';
import type { Item, Table } from './table-types.ts';

/** Saves commits for the next run. */
interface SavedItems {
  write(changes: readonly Change[]): void;
}

/** One item that a commit put, replaced or removed. */
export interface Change {
  readonly tableName: string;
  /** The store's key of the item. */
  readonly key: string;
  readonly before?: Item;
  readonly after?: Item;
}

/** Whether a sub-database holds the items of a table, or the entries of one of its indexes. */
type Role = { readonly changesOf?: string; readonly indexOf?: string };

type Callback<T = void> = (error: Error | null, value?: T) => void;

/** dynalite's interface to a LevelDB sub-database. Here, every callback is called synchronously. */
export interface SubDatabase {
  get(key: string, callback: Callback<Item>): void;
  put(key: string, item: Item, callback: Callback): void;
  del(key: string, callback: Callback): void;
  lock(key: string, work: (release: (callback: unknown) => unknown) => void): void;
  createValueStream(options?: RangeOptions): unknown;
}

/**
 * Replaces dynalite's LevelDB with the same interface in memory. It is synchronous: all writes
 * within one turn of the event loop are isolated, can be undone, and produce their changes in
 * order.
 */
export class MemoryStore {
  readonly #saved: SavedItems | undefined;
  readonly options = { maxItemSize: 400 * 1024 };
  readonly #tables = new Map<string, Table>();
  readonly #databases = new Map<string, { items: SortedMap<Item>; access: SubDatabase }>();
  #open: { undo: (() => void)[]; changes: Change[] } | undefined;

  /** @param saved receives every commit before it takes effect */
  constructor(saved?: SavedItems) {
    this.#saved = saved;
  }

  tables(): Table[] {
    return [...this.#tables.values()];
  }

  table(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  addTable(table: Table): void {
    this.#tables.set(table.TableName, table);
  }

  /** Removes a table with its items and indexes. */
  removeTable(name: string): void {
    this.#tables.delete(name);
    for (const id of this.#databases.keys()) {
      if (id === `item ${name}` || id.startsWith(`index ${name} `)) this.#databases.delete(id);
    }
  }

  /** Every item of a table, in key order. */
  items(tableName: string): SortedMap<Item> {
    return this.#database(`item ${tableName}`, { changesOf: tableName }).items;
  }

  /**
   * Runs writes atomically: when `work` throws, all of them are undone.
   * @returns the result of `work` and the changes, in order
   */
  atomically<T>(work: () => T): { result: T; changes: Change[] } {
    if (this.#open) throw new Error('Calls of atomically() cannot be nested');
    const open = { undo: [] as (() => void)[], changes: [] as Change[] };
    this.#open = open;
    try {
      const result = work();
      this.#saved?.write(open.changes);
      return { result, changes: open.changes };
    } catch (error) {
      for (const undo of open.undo.reverse()) undo();
      throw error;
    } finally {
      this.#open = undefined;
    }
  }

  // dynalite's actions call the following methods.

  getTable(
    name: string,
    checkStatusOrCallback: Callback<Table> | boolean,
    last?: Callback<Table>,
  ): void {
    const callback =
      typeof checkStatusOrCallback === 'function'
        ? checkStatusOrCallback
        : (last as Callback<Table>);
    const table = this.#tables.get(name);
    if (table) callback(null, table);
    else
      callback(
        Object.assign(new Error('NotFoundError'), {
          statusCode: 400,
          body: {
            __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
            message: 'Requested resource not found',
          },
        }),
      );
  }

  getItemDb(tableName: string): SubDatabase {
    return this.#database(`item ${tableName}`, { changesOf: tableName }).access;
  }

  getIndexDb(kind: string, tableName: string, indexName: string): SubDatabase {
    const id = `index ${tableName} ${kind.toLowerCase()} ${indexName}`;
    return this.#database(id, { indexOf: tableName }).access;
  }

  #database(id: string, role: Role): { items: SortedMap<Item>; access: SubDatabase } {
    const known = this.#databases.get(id);
    if (known) return known;
    const items = new SortedMap<Item>();
    const created = { items, access: this.#access(items, role) };
    this.#databases.set(id, created);
    return created;
  }

  #access(items: SortedMap<Item>, { changesOf, indexOf }: Role): SubDatabase {
    return {
      get: (key, callback) => callback(null, items.get(key)),
      put: (key, item, callback) => {
        if (indexOf !== undefined) this.#rejectCollision(indexOf, items.get(key), item);
        // dynalite keeps using the object. The copy protects the stored item from later changes.
        this.#write(items, key, structuredClone(item), changesOf);
        callback(null);
      },
      del: (key, callback) => {
        this.#write(items, key, undefined, changesOf);
        callback(null);
      },
      lock: (_key, work) => work((callback) => callback),
      createValueStream: (options) => valueStream(items.range(options ?? {})),
    };
  }

  /**
   * dynalite ends the key of an index entry with 24 bits of a hash of the table key. Two items with
   * equal index keys can collide. Without this check, the index would lose the first of them.
   */
  #rejectCollision(tableName: string, known: Item | undefined, item: Item): void {
    const keys = this.#tables.get(tableName)?.KeySchema ?? [];
    const moved = ({ AttributeName: name }: { AttributeName: string }) =>
      !isDeepStrictEqual(known?.[name], item[name]);
    if (!known || !keys.some(moved)) return;
    const text =
      'The local cloud does not support two items with this index key: their hashes collide';
    throw new AwsError('ValidationException', text);
  }

  #write(
    items: SortedMap<Item>,
    key: string,
    after: Item | undefined,
    changesOf: string | undefined,
  ): void {
    if (!this.#open) throw new Error('Writes are only allowed inside atomically()');
    const before = items.get(key);
    this.#open.undo.push(() => (before ? items.set(key, before) : items.delete(key)));
    if (after) items.set(key, after);
    else items.delete(key);
    if (changesOf !== undefined && (before || after)) {
      this.#open.changes.push({
        tableName: changesOf,
        key,
        ...(before ? { before } : {}),
        ...(after ? { after } : {}),
      });
    }
  }
}
