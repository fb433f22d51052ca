import { DetailedAwsError } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { meetsCondition } from './conditions.ts';
import {
  checkItem,
  checkKey,
  checkLegacyCondition,
  itemKey,
  removeFromTheEnd,
  runAtOnce,
  validated,
} from './dynalite.ts';
import { rejectUnknownMembers } from './input-check.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Streams } from './streams.ts';
import type { Input, Item, Table } from './table-types.ts';

export type SingleWrite = 'putItem' | 'updateItem' | 'deleteItem';

const RETURN_ON_FAILURE = 'ReturnValuesOnConditionCheckFailure';

/**
 * PutItem, UpdateItem or DeleteItem, with the item that failed its condition when the caller asked
 * for it.
 * @throws AwsError ConditionalCheckFailedException, ValidationException, …
 */
export function writeItem(
  store: MemoryStore,
  streams: Streams,
  operation: SingleWrite,
  input: Input,
): Record<string, unknown> {
  rejectUnknownMembers(operation, input, [RETURN_ON_FAILURE]);
  const wantsItem = returnsItemOnFailure(input);
  const data = validated(operation, input, store);
  try {
    checkWrite(store, data);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') {
      throw error;
    }
    const item = wantsItem ? existingItem(store, data) : undefined;
    throw item ? new DetailedAwsError(error.code, error.message, { Item: item }) : error;
  }
  const { result, changes } = store.atomically(() => carryOut(store, operation, data));
  streams.emit(changes);
  return result;
}

/** BatchWriteItem; not atomic on AWS either, but here nothing comes between its writes. */
export function writeBatch(
  store: MemoryStore,
  streams: Streams,
  input: Input,
): Record<string, unknown> {
  rejectUnknownMembers('batchWriteItem', input);
  const data = validated('batchWriteItem', input, store);
  const byTable = Object.entries(data.RequestItems as Record<string, Record<string, Input>[]>);
  if (byTable.flatMap(([, requests]) => requests).length > 25) {
    throw new AwsError(
      'ValidationException',
      'Too many items requested for the BatchWriteItem call',
    );
  }
  const { result, changes } = store.atomically(() => {
    const output = runAtOnce('batchWriteItem', data, store);
    for (const [TableName, requests] of byTable) {
      for (const { PutRequest } of requests) {
        if (PutRequest) rejectEmptyIndexKeys(store, { TableName, Item: PutRequest.Item });
      }
    }
    return output;
  });
  streams.emit(changes);
  return result;
}

/**
 * Holds a validated write against its table and the item as it is now.
 * @throws AwsError ResourceNotFoundException, ValidationException, ConditionalCheckFailedException
 */
export function checkWrite(store: MemoryStore, data: Input): void {
  const table = store.table(data.TableName as string);
  if (!table) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  if (data.Item) checkItem(data.Item as Item, table);
  else checkKey(data.Key as Item, table);
  const existing = existingItem(store, data);
  checkLegacyCondition(data, existing);
  if (!meetsCondition(data, existing)) {
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
  }
}

/**
 * Carries out a write that {@link checkWrite} let pass; inside `atomically`. @throws AwsError
 * ValidationException
 */
export function carryOut(
  store: MemoryStore,
  operation: SingleWrite,
  data: Input,
): Record<string, unknown> {
  const { _condition, Expected, ...unconditional } = data;
  const output = runAtOnce(operation, removeFromTheEnd(unconditional), store);
  rejectEmptyIndexKeys(store, data);
  return output;
}

function rejectEmptyIndexKeys(store: MemoryStore, data: Input): void {
  const item = existingItem(store, data);
  const table = store.table(data.TableName as string);
  for (const index of table?.GlobalSecondaryIndexes ?? []) {
    for (const { AttributeName: name } of index.KeySchema) {
      if (item?.[name]?.S === '' || item?.[name]?.B === '') {
        throw new AwsError(
          'ValidationException',
          'One or more parameter values are not valid. A value specified for a secondary index key is ' +
            'not supported. The AttributeValue for a key attribute cannot contain an empty string ' +
            `value. IndexName: ${index.IndexName}, IndexKey: ${name}`,
        );
      }
    }
  }
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
