import { marshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, epochSeconds, readItem, transact } from '@triptych/platform/aws';
import type { Waits } from '../core/index.ts';

/** Longer than any execution waits. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The tokens as `ORDER#<id>` / `WAIT` in payments' table, removed by TTL. */
export function dynamoWaits(of: DynamoTable & { clock: { now(): number } }): Waits {
  const { client, table, clock } = of;
  return {
    async put(orderId, token) {
      const expiresAt = epochSeconds(clock.now() + KEPT_MS);
      const Item = marshall({ ...keyOf(orderId), token, expiresAt });
      await transact(client, [{ Put: { TableName: table, Item } }]);
    },

    async find(orderId) {
      return (await readItem(of, keyOf(orderId)))?.token as string | undefined;
    },
  };
}

const keyOf = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'WAIT' });
