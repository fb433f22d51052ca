import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** The catalog's one table and the client to reach it. */
export interface CatalogTable {
  readonly client: DynamoDBClient;
  readonly table: string;
}

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Every key pattern of the table except the outbox's own; the README lists them with their attributes. */
export const keys = {
  product: (id: string): Key => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' }),
  receipt: (productId: string, id: string): Key => ({
    pk: `PRODUCT#${productId}`,
    sk: `RECEIPT#${id}`,
  }),
  category: (slug: string): Key => ({ pk: 'CATEGORIES', sk: slug }),
  reservation: (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: 'RESERVATION' }),
  upload: (imageId: string): Key => ({ pk: `IMAGE#${imageId}`, sk: 'UPLOAD' }),
} as const;

/** Reads one item, up to date. */
export async function readItem({ client, table }: CatalogTable, key: Key) {
  const command = new GetItemCommand({
    TableName: table,
    Key: marshall(key),
    ConsistentRead: true,
  });
  const { Item: item } = await client.send(command);
  return item && unmarshall(item);
}

/** An update as part of a transaction; `names` are needed only for DynamoDB's reserved words. */
export function update(
  table: string,
  key: Key,
  change: { set: string; when: string; values: object; names?: Record<string, string> },
): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: marshall(key),
      UpdateExpression: change.set,
      ConditionExpression: change.when,
      ExpressionAttributeValues: marshall(change.values, { removeUndefinedValues: true }),
      ...(change.names && { ExpressionAttributeNames: change.names }),
    },
  };
}

/** Puts an item that must not be there yet. */
export function putNew(table: string, item: object): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: marshall(item, { removeUndefinedValues: true }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}
