import { AwsError } from '../kernel.ts';
import { itemKey } from './dynalite.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Input, Item, Table } from './table-types.ts';

const NUMBER = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** One item that a write addresses, by its key or by the whole item. */
export interface Target {
  readonly tableName: string;
  readonly key: Item;
}

/** The items that a write addresses, in the order of the request. Malformed parts are skipped. */
export function targetsOf(input: Input): Target[] {
  if (Array.isArray(input.TransactItems)) {
    return input.TransactItems.flatMap((item) => {
      const step = Object.values((item ?? {}) as Record<string, Input>)[0];
      return step ? targetOf(step.TableName, step.Item ?? step.Key) : [];
    });
  }
  if (typeof input.RequestItems === 'object' && input.RequestItems !== null) {
    const byTable = Object.entries(input.RequestItems as Record<string, Input[]>);
    return byTable.flatMap(([table, requests]) =>
      [requests].flat().flatMap((request) => {
        const put = request?.PutRequest as Input | undefined;
        const remove = request?.DeleteRequest as Input | undefined;
        return targetOf(table, put?.Item ?? remove?.Key);
      }),
    );
  }
  return targetOf(input.TableName, input.Item ?? input.Key);
}

/** The stored item with the key of a target, or undefined. An invalid key has no item. */
export function currentItem(store: MemoryStore, { tableName, key }: Target): Item | undefined {
  const table = store.table(tableName);
  if (!table || !hasKey(key, table)) return undefined;
  return store.items(tableName).get(itemKey(key, table));
}

/** The table of a write or of a step of a transaction. @throws AwsError ResourceNotFoundException */
export function tableOf(store: MemoryStore, name: unknown): Table {
  const table = typeof name === 'string' ? store.table(name) : undefined;
  if (table) return table;
  throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
}

/** Whether an item has every key attribute of its table, with a valid value of the right type. */
export function hasKey(item: Item, table: Table): boolean {
  return table.KeySchema.every(({ AttributeName: name }) => {
    const definition = table.AttributeDefinitions.find((one) => one.AttributeName === name);
    const value = item[name]?.[definition?.AttributeType ?? ''];
    return typeof value === 'string' && (definition?.AttributeType !== 'N' || NUMBER.test(value));
  });
}

function targetOf(table: unknown, key: unknown): Target[] {
  if (typeof table !== 'string' || typeof key !== 'object' || key === null) return [];
  return [{ tableName: table, key: key as Item }];
}
