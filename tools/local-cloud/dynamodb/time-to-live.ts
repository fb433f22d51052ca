import { runSync } from './dynalite.ts';
import type { MemoryStore } from './memory-store.ts';
import { keysOf, type Streams } from './streams.ts';
import type { Item } from './table-types.ts';
import type { Tables } from './tables.ts';

/** AWS ignores a time more than five years in the past ("Using time to live (TTL) in DynamoDB"). */
const MAX_AGE_SECONDS = 5 * 365 * 24 * 3600;

/**
 * Removes expired items. Their stream records name TTL as the origin.
 * @param nowMs epoch milliseconds
 * @returns the number of removed items
 */
export function removeExpired(
  store: MemoryStore,
  tables: Tables,
  streams: Streams,
  nowMs: number,
): number {
  const nowSeconds = nowMs / 1000;
  let removed = 0;
  for (const { table, attribute } of tables.expiring()) {
    const expired = store
      .items(table.TableName)
      .range({})
      .filter((item) => isExpired(item, attribute, nowSeconds));
    for (const item of expired) {
      const data = { TableName: table.TableName, Key: keysOf(item, table) };
      const { changes } = store.atomically(() => runSync('deleteItem', data, store));
      streams.emit(changes, true);
    }
    removed += expired.length;
  }
  return removed;
}

function isExpired(item: Item, attribute: string, nowSeconds: number): boolean {
  const seconds = Number(item[attribute]?.N ?? Number.NaN);
  return seconds < nowSeconds && seconds > nowSeconds - MAX_AGE_SECONDS;
}
