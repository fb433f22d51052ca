import { rejectUnknown } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { runRead, runSync, validated } from './dynalite.ts';
import { rejectUnknownMembers } from './input-check.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Input } from './table-types.ts';
import type { Tables } from './tables.ts';
import { identity, rejectDuplicates, transactItems } from './transactions.ts';

/** GetItem. */
export function getItem(store: MemoryStore, input: Input): Record<string, unknown> {
  rejectUnknownMembers('getItem', input);
  return runSync('getItem', validated('getItem', input, store), store);
}

/** BatchGetItem. */
export function getBatch(store: MemoryStore, input: Input): Record<string, unknown> {
  rejectUnknownMembers('batchGetItem', input);
  return runSync('batchGetItem', validated('batchGetItem', input, store), store);
}

/** TransactGetItems: reads all items from one consistent snapshot. */
export function transactGet(
  store: MemoryStore,
  tables: Tables,
  input: Input,
): Record<string, unknown> {
  rejectUnknown(input, ['TransactItems'], 'TransactGetItems');
  const gets = transactItems(input).map((item) => {
    rejectUnknown(item, ['Get'], 'TransactGetItems');
    if (!item.Get) throw new AwsError('ValidationException', 'TransactItems must contain Get');
    return item.Get as Input;
  });
  rejectDuplicates(gets.map((get) => identity(tables.get(get.TableName), get.Key ?? {})));
  const responses = gets.map((get) => {
    const { Item } = getItem(store, get);
    return Item ? { Item } : {};
  });
  return { Responses: responses };
}

/** Query or Scan, on the table or an index. */
export function read(
  store: MemoryStore,
  operation: 'query' | 'scan',
  input: Input,
): Promise<Record<string, unknown>> {
  rejectUnknownMembers(operation, input);
  return runRead(operation, validated(operation, input, store), store);
}
