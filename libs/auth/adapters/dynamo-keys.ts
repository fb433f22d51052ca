import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { KeyRing, KeyStore } from '../core/index.ts';

interface Options {
  readonly client: DynamoDBClient;
  readonly table: string;
}

const key = { pk: 'KEYS', sk: 'RING' };

/**
 * Keeps the ring of signing keys as one item, so that every change of state (next to current, current to retired) is
 * one conditional write. Private keys in it are encrypted already.
 */
export function dynamoKeys({ client, table }: Options): KeyStore {
  return {
    async load() {
      const command = new GetItemCommand({
        TableName: table,
        Key: marshall(key),
        ConsistentRead: true,
      });
      const { Item: item } = await client.send(command);
      if (!item) return undefined;
      const { version, keys } = unmarshall(item) as KeyRing;
      return { version, keys };
    },

    async save(ring, replaces) {
      const item = marshall({ ...key, version: ring.version, keys: ring.keys });
      const condition =
        replaces === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :replaces',
              ExpressionAttributeValues: marshall({ ':replaces': replaces }),
            };
      try {
        await client.send(new PutItemCommand({ TableName: table, Item: item, ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
