import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** A context's table and the client for it. */
export interface DynamoTable {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** The primary key of every table of the shop except auth's `limits`. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The condition of a write. */
export interface Condition {
  /** A condition expression. */
  readonly when: string;
  /** Expression attribute values, as plain JavaScript values. */
  readonly values?: object;
  /** Expression attribute names; needed only for DynamoDB's reserved words. */
  readonly names?: Record<string, string>;
}

/** Reads one item, strongly consistent. Undefined when it does not exist. @throws Error from DynamoDB */
export async function readItem({ client, table }: DynamoTable, key: ItemKey) {
  const command = new GetItemCommand({
    TableName: table,
    Key: marshall(key),
    ConsistentRead: true,
  });
  const { Item: item } = await client.send(command);
  return item && unmarshall(item);
}

/** Like {@link readItem}, but an expired item counts as absent. DynamoDB deletes expired items up to days later. */
export async function readUnexpiredItem(of: DynamoTable, key: ItemKey, nowMs: number) {
  const item = await readItem(of, key);
  return item?.expiresAt !== undefined && item.expiresAt * 1000 <= nowMs ? undefined : item;
}

/** Puts an item if the condition holds for the item that it replaces. */
export function putIf(
  table: string,
  item: object,
  { when, values, names }: Condition,
): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: marshall(item, { removeUndefinedValues: true }),
      ConditionExpression: when,
      ...(values && { ExpressionAttributeValues: marshall(values) }),
      ...(names && { ExpressionAttributeNames: names }),
    },
  };
}

/** Puts an item that must not exist yet. */
export function putNew(table: string, item: object): TransactWriteItem {
  return putIf(table, item, { when: 'attribute_not_exists(pk)' });
}

/** Writes nothing, but fails its transaction unless the condition holds for the item. */
export function requireIf(
  table: string,
  key: ItemKey,
  { when, values, names }: Condition,
): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: table,
      Key: marshall(key),
      ConditionExpression: when,
      ...(values && { ExpressionAttributeValues: marshall(values) }),
      ...(names && { ExpressionAttributeNames: names }),
    },
  };
}

/** Writes nothing, but fails its transaction if the item exists. */
export function requireAbsent(table: string, key: ItemKey): TransactWriteItem {
  return requireIf(table, key, { when: 'attribute_not_exists(pk)' });
}

/** Puts an item that must not exist yet, except as an expired item that DynamoDB has not deleted yet. */
export function putIfAbsentOrExpired(
  table: string,
  item: object,
  nowMs: number,
): TransactWriteItem {
  return putIf(table, item, {
    when: 'attribute_not_exists(pk) OR expiresAt <= :now',
    values: { ':now': epochSeconds(nowMs) },
  });
}

/** Updates an item if the condition holds; `set` is the update expression. */
export function updateItem(
  table: string,
  key: ItemKey,
  change: Partial<Condition> & { readonly set: string; readonly values: object },
): TransactWriteItem {
  const { set, when, values, names } = change;
  return {
    Update: {
      TableName: table,
      Key: marshall(key),
      UpdateExpression: set,
      ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
      ...(when !== undefined && { ConditionExpression: when }),
      ...(names && { ExpressionAttributeNames: names }),
    },
  };
}

/** Whole seconds since the Unix epoch, as a TTL attribute holds them. */
export function epochSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
