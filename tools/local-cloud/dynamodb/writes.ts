import { DetailedAwsError } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { meets } from './conditions.ts';
import { checkItem, checkKey, itemKey, runSync, validated } from './dynalite.ts';
import { indexesOf } from './indexes.ts';
import { itemBytes, MAX_ITEM_BYTES } from './item-size.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Streams } from './streams.ts';
import type { Input, Item, Table } from './table-types.ts';
import { tableOf } from './targets.ts';
import { returnedAttributes, updatedItem } from './update-item.ts';

export type SingleWrite = 'putItem' | 'updateItem' | 'deleteItem';

const RETURN_ON_FAILURE = 'ReturnValuesOnConditionCheckFailure';
/** "BatchWriteItem" in the Amazon DynamoDB API Reference. */
const MAX_BATCH_ITEMS = 25;

/**
 * PutItem, UpdateItem or DeleteItem. The error of a failed condition includes the item if the input
 * requests it.
 * @throws AwsError ConditionalCheckFailedException, ResourceNotFoundException, ValidationException
 */
export function writeItem(
  store: MemoryStore,
  streams: Streams,
  operation: SingleWrite,
  input: Input,
): Record<string, unknown> {
  const returnsItem = returnsItemOnFailure(input);
  const data = validated(operation, input, store);
  checkReturnValues(operation, data);
  try {
    checkWrite(store, data);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') {
      throw error;
    }
    const item = returnsItem ? existingItem(store, data) : undefined;
    throw item ? new DetailedAwsError(error.code, error.message, { Item: item }) : error;
  }
  const { result, changes } = store.atomically(() => applyWrite(store, operation, data));
  streams.emit(changes);
  return result;
}

/**
 * BatchWriteItem. Here it is atomic; on AWS it is not.
 * @throws AwsError ResourceNotFoundException, ValidationException
 */
export function writeBatch(
  store: MemoryStore,
  streams: Streams,
  input: Input,
): Record<string, unknown> {
  const { ReturnConsumedCapacity: _, ...data } = validated('batchWriteItem', input, store);
  const byTable = Object.entries(data.RequestItems as Record<string, Record<string, Input>[]>);
  if (byTable.flatMap(([, requests]) => requests).length > MAX_BATCH_ITEMS) {
    throw new AwsError(
      'ValidationException',
      'Too many items requested for the BatchWriteItem call',
    );
  }
  const { result, changes } = store.atomically(() => {
    const output = runSync('batchWriteItem', data, store);
    for (const [TableName, requests] of byTable) {
      for (const { PutRequest } of requests) {
        if (!PutRequest) continue;
        const table = store.table(TableName) as Table;
        checkWritten('putItem', PutRequest.Item as Item, table);
      }
    }
    return output;
  });
  streams.emit(changes);
  return result;
}

/**
 * Checks a validated write against its table and the current item.
 * @throws AwsError ResourceNotFoundException, ValidationException, ConditionalCheckFailedException
 */
export function checkWrite(store: MemoryStore, data: Input): void {
  const table = tableOf(store, data.TableName);
  if (data.Item) checkItem(data.Item as Item, table);
  else checkKey(data.Key as Item, table);
  if (!meets('condition', data, existingItem(store, data))) {
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
  }
}

/**
 * Applies a write that passed {@link checkWrite}. Must be called inside `atomically`.
 * @throws AwsError ValidationException
 */
export function applyWrite(
  store: MemoryStore,
  operation: SingleWrite,
  data: Input,
): Record<string, unknown> {
  const TableName = data.TableName as string;
  const table = store.table(TableName) as Table;
  const existing = existingItem(store, data);
  if (operation === 'deleteItem') {
    runSync('deleteItem', { TableName, Key: data.Key }, store);
    return attributes(returnedAttributes(data, existing, undefined));
  }
  const item = operation === 'putItem' ? (data.Item as Item) : updatedItem(data, existing, table);
  runSync('putItem', { TableName, Item: item }, store);
  checkWritten(operation, item, table);
  return attributes(returnedAttributes(data, existing, item));
}

function attributes(returned: Item | undefined): Record<string, unknown> {
  return returned ? { Attributes: returned } : {};
}

/** Checks the size and the index keys of an item that was just written. */
function checkWritten(operation: SingleWrite, item: Item, table: Table): void {
  if (itemBytes(item) > MAX_ITEM_BYTES) {
    throw new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size');
  }
  for (const { name, keys } of indexesOf(table)) {
    const key = keys.find((one) => item[one]?.S === '' || item[one]?.B === '');
    if (key === undefined) continue;
    const type = item[key]?.S === '' ? 'string' : 'binary';
    const text = `The AttributeValue for a key attribute cannot contain an empty ${type} value.`;
    throw new AwsError(
      'ValidationException',
      operation === 'updateItem'
        ? `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${text}`
        : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${text} IndexName: ${name}, IndexKey: ${key}`,
    );
  }
}

function checkReturnValues(operation: SingleWrite, { ReturnValues }: Input): void {
  if (operation === 'updateItem' || ReturnValues === undefined) return;
  if (ReturnValues !== 'ALL_OLD' && ReturnValues !== 'NONE') {
    throw new AwsError('ValidationException', 'Return values set to invalid value');
  }
}

/**
 * Whether an input requests the item when its condition fails.
 * @throws AwsError ValidationException for a value other than ALL_OLD and NONE
 */
export function returnsItemOnFailure(input: Input): boolean {
  const value = input[RETURN_ON_FAILURE] ?? 'NONE';
  if (value !== 'ALL_OLD' && value !== 'NONE') {
    throw new AwsError('ValidationException', `${RETURN_ON_FAILURE} can only be ALL_OLD or NONE`);
  }
  return value === 'ALL_OLD';
}

/** The current item with the key of a write's `Key` or `Item`. */
export function existingItem(store: MemoryStore, data: Input): Item | undefined {
  const tableName = data.TableName as string;
  const table = store.table(tableName) as Table;
  return store.items(tableName).get(itemKey((data.Key ?? data.Item) as Item, table));
}
