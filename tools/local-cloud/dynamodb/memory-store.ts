import { type RangeOptions, SortedMap, valueStream } from './sorted-map.ts';
import type { Item, Table } from './table-types.ts';

/** Where commits are noted for the next run. */
interface SavedItems {
  write(changes: readonly Change[]): void;
}

/** One item that was put, replaced or removed. */
export interface Change {
  readonly tableName: string;
  /** The store's own. */
  readonly key: string;
  readonly before?: Item;
  readonly after?: Item;
}

type Answer<T = void> = (error: Error | null, value?: T) => void;

/**
 * dynalite's view of a LevelDB sub-database; every callback is called before the function returns.
 */
export interface SubDatabase {
  get(key: string, answer: Answer<Item>): void;
  put(key: string, item: Item, answer: Answer): void;
  del(key: string, answer: Answer): void;
  lock(key: string, work: (release: (callback: unknown) => unknown) => void): void;
  createValueStream(options?: RangeOptions): unknown;
}

/**
 * Stands where dynalite has its LevelDB: the same interface, but in memory and synchronous, so that
 * any sequence of
 * writes within one turn of the event loop is isolated, can be undone, and yields its changes in
 * order.
 */
export class MemoryStore {
  readonly #saved: SavedItems | undefined;
  readonly options = { maxItemSize: 400 * 1024 };
  readonly #tables = new Map<string, Table>();
  readonly #databases = new Map<string, { items: SortedMap<Item>; access: SubDatabase }>();
  #watcher: ((changes: readonly Change[]) => void) | undefined;
  #open: { undo: (() => void)[]; changes: Change[] } | undefined;

  /** `saved` is told of every commit before it counts. */
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
    return this.#database(`item ${tableName}`, tableName).items;
  }

  /**
   * Carries out writes as one: when `work` throws, all of them are undone.
   * @returns its result and what changed, in order
   */
  atomically<T>(work: () => T): { result: T; changes: Change[] } {
    if (this.#open) throw new Error('Atomic writes do not nest');
    const open = { undo: [] as (() => void)[], changes: [] as Change[] };
    this.#open = open;
    try {
      const result = work();
      this.#saved?.write(open.changes);
      this.#watcher?.(open.changes);
      return { result, changes: open.changes };
    } catch (error) {
      for (const undo of open.undo.reverse()) undo();
      throw error;
    } finally {
      this.#open = undefined;
    }
  }

  /** Tells of every commit until the returned function is called; there is one watcher at a time. */
  watch(watcher: (changes: readonly Change[]) => void): () => void {
    this.#watcher = watcher;
    return () => {
      this.#watcher = undefined;
    };
  }

  // What follows is called by dynalite's actions.

  getTable(name: string, answerOrCheck: Answer<Table> | boolean, last?: Answer<Table>): void {
    const answer = (typeof answerOrCheck === 'function' ? answerOrCheck : last) as Answer<Table>;
    const table = this.#tables.get(name);
    if (table) answer(null, table);
    else
      answer(
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
    return this.#database(`item ${tableName}`, tableName).access;
  }

  getIndexDb(kind: string, tableName: string, indexName: string): SubDatabase {
    return this.#database(`index ${tableName} ${kind.toLowerCase()} ${indexName}`).access;
  }

  #database(id: string, changesOf?: string): { items: SortedMap<Item>; access: SubDatabase } {
    const known = this.#databases.get(id);
    if (known) return known;
    const items = new SortedMap<Item>();
    const created = { items, access: this.#access(items, changesOf) };
    this.#databases.set(id, created);
    return created;
  }

  #access(items: SortedMap<Item>, changesOf: string | undefined): SubDatabase {
    return {
      get: (key, answer) => answer(null, items.get(key)),
      put: (key, item, answer) => {
        // Copied, because dynalite goes on to use the object, and later writes must not reach into
        // a stored one.
        this.#write(items, key, structuredClone(item), changesOf);
        answer(null);
      },
      del: (key, answer) => {
        this.#write(items, key, undefined, changesOf);
        answer(null);
      },
      lock: (_key, work) => work((callback) => callback),
      createValueStream: (options) => valueStream(items.range(options ?? {})),
    };
  }

  #write(
    items: SortedMap<Item>,
    key: string,
    after: Item | undefined,
    changesOf: string | undefined,
  ): void {
    if (!this.#open) throw new Error('Writes happen inside atomically()');
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
