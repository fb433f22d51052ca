import { DetailedAwsError } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { type Input, type Item, itemKey, runAtOnce, type Table, validated } from './dynalite.ts';
import { refuseUnknownMembers } from './input-check.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Streams } from './streams.ts';

export type SingleWrite = 'putItem' | 'updateItem' | 'deleteItem';

const RETURN_ON_FAILURE = 'ReturnValuesOnConditionCheckFailure';

/**
 * PutItem, UpdateItem or DeleteItem, with the item that failed its condition when the caller asked for it.
 * @throws AwsError ConditionalCheckFailedException, ValidationException, …
 */
export function writeItem(
  store: MemoryStore,
  streams: Streams,
  operation: SingleWrite,
  input: Input,
): Record<string, unknown> {
  refuseUnknownMembers(operation, input, [RETURN_ON_FAILURE]);
  const wantsItem = returnsItemOnFailure(input);
  const data = validated(operation, input, store);
  try {
    const { result, changes } = store.atomically(() => runAtOnce(operation, data, store));
    streams.emit(changes);
    return result;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') {
      throw error;
    }
    const item = wantsItem ? existingItem(store, data) : undefined;
    throw item ? new DetailedAwsError(error.code, error.message, { Item: item }) : error;
  }
}

/** BatchWriteItem; not atomic on AWS either, but here nothing comes between its writes. */
export function writeBatch(
  store: MemoryStore,
  streams: Streams,
  input: Input,
): Record<string, unknown> {
  refuseUnknownMembers('batchWriteItem', input);
  const data = validated('batchWriteItem', input, store);
  const requests = Object.values(data.RequestItems as Record<string, unknown[]>).flat().length;
  if (requests > 25) {
    throw new AwsError(
      'ValidationException',
      'Too many items requested for the BatchWriteItem call',
    );
  }
  const { result, changes } = store.atomically(() => runAtOnce('batchWriteItem', data, store));
  streams.emit(changes);
  return result;
}

/** @throws AwsError ValidationException for a value that is neither ALL_OLD nor NONE */
export function returnsItemOnFailure(input: Input): boolean {
  const value = input[RETURN_ON_FAILURE] ?? 'NONE';
  if (value !== 'ALL_OLD' && value !== 'NONE') {
    throw new AwsError('ValidationException', `${RETURN_ON_FAILURE} can only be ALL_OLD or NONE`);
  }
  return value === 'ALL_OLD';
}

/** The item that a write's `Key` or `Item` addresses, as it is now. */
export function existingItem(store: MemoryStore, data: Input): Item | undefined {
  const tableName = data.TableName as string;
  const table = store.table(tableName) as Table;
  return store.items(tableName).get(itemKey((data.Key ?? data.Item) as Item, table));
}
