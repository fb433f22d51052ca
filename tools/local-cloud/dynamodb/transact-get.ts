import { AwsError } from '../kernel.ts';
import { Capacity, transactReadUnits, wantsCapacity } from './consumed-capacity.ts';
import type { MemoryStore } from './memory-store.ts';
import { getItem } from './reads.ts';
import type { Input, Item } from './table-types.ts';
import { currentItem, tableOf } from './targets.ts';
import {
  cancelOn,
  checkReportMembers,
  identity,
  isEmptyKeyError,
  type Reason,
  rejectDuplicates,
  transactItems,
} from './transact-items.ts';

/**
 * TransactGetItems: reads all items from one consistent snapshot.
 * @throws AwsError ResourceNotFoundException, TransactionCanceledException, ValidationException
 */
export function transactGet(store: MemoryStore, input: Input): Record<string, unknown> {
  checkReportMembers(input);
  const gets = transactItems(input).map((item) => {
    if (!item.Get) throw new AwsError('ValidationException', 'TransactItems must contain Get');
    return item.Get as Input;
  });
  rejectDuplicates(gets.map((get) => identity(tableOf(store, get.TableName), get.Key)));
  const capacities = new Map<string, Capacity>();
  const results = gets.map((get) => attempt(() => readOne(store, get, capacities)));
  cancelOn(results.map(({ reason }) => reason));
  const detail = input.ReturnConsumedCapacity;
  const described = [...capacities].map(([table, capacity]) =>
    capacity.describe(table, detail, 'ReadCapacityUnits'),
  );
  return {
    Responses: results.map(({ response }) => response),
    ...(wantsCapacity(detail) ? { ConsumedCapacity: described } : {}),
  };
}

function readOne(
  store: MemoryStore,
  get: Input,
  capacities: Map<string, Capacity>,
): Record<string, unknown> {
  const { Item: found } = getItem(store, { ...get }) as { Item?: Item };
  const tableName = String(get.TableName);
  const capacity = capacities.get(tableName) ?? new Capacity();
  capacity.table += transactReadUnits(currentItem(store, { tableName, key: get.Key as Item }));
  capacities.set(tableName, capacity);
  // An item without any of the projected attributes is reported like a missing one.
  return found && Object.keys(found).length > 0 ? { Item: found } : {};
}

function attempt(work: () => Record<string, unknown>): {
  response: Record<string, unknown>;
  reason: Reason;
} {
  try {
    return { response: work(), reason: { Code: 'None' } };
  } catch (error) {
    const isKeyError =
      error instanceof AwsError && /key element does not match/.test(error.message);
    if (!isKeyError || isEmptyKeyError(error)) throw error;
    return { response: {}, reason: { Code: 'ValidationError', Message: error.message } };
  }
}
