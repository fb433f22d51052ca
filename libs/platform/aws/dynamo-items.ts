import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** A context's one table and the client to reach it. */
export interface DynamoTable {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Every table of the shop has these two keys. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What must hold for a write; `names` are needed only for DynamoDB's reserved words. */
export interface Condition {
  readonly when: string;
  readonly values?: object;
  readonly names?: Record<string, string>;
}

/** Reads one item, up to date. */
export async function readItem({ client, table }: DynamoTable, key: ItemKey) {
  const command = new GetItemCommand({
    TableName: table,
    Key: marshall(key),
    ConsistentRead: true,
  });
  const { Item: item } = await client.send(command);
  return item && unmarshall(item);
}

/** Like {@link readItem}, but what has expired counts as absent: the table removes it late, up to days. */
export async function readLiveItem(of: DynamoTable, key: ItemKey, nowMs: number) {
  const item = await readItem(of, key);
  return item?.expiresAt !== undefined && item.expiresAt * 1000 <= nowMs ? undefined : item;
}

/** Puts an item if the condition holds for the one it replaces. */
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

/** Puts an item that must not be there yet. */
export function putNew(table: string, item: object): TransactWriteItem {
  return putIf(table, item, { when: 'attribute_not_exists(pk)' });
}

/** Puts an item where none is, or only one whose `expiresAt` has passed and that the table has not removed yet. */
export function putOverExpired(table: string, item: object, nowMs: number): TransactWriteItem {
  return putIf(table, item, {
    when: 'attribute_not_exists(pk) OR expiresAt <= :now',
    values: { ':now': epochSeconds(nowMs) },
  });
}

/** An update as part of a transaction; `set` is the update expression. */
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

/** What a TTL attribute holds: whole seconds since 1970. */
export function epochSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
