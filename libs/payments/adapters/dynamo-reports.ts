import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Clock, HandledReports } from '../core/index.ts';

/**
 * Longer than any redelivery: Stripe retries for 3 days, a queue that is redriven keeps messages
 * another 14.
 */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/**
 * The provider's events that have been dealt with, as `REPORT#<event id>` / `REPORT`; TTL removes
 * them.
 */
export function dynamoReports(options: {
  client: DynamoDBClient;
  table: string;
  clock: Clock;
}): HandledReports {
  const { client, table, clock } = options;
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  return {
    async has(eventId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(eventId), ConsistentRead: true }),
      );
      return Number(Item?.expiresAt?.N ?? 0) > nowSeconds();
    },

    async add(eventId) {
      const expiresAt = { N: String(nowSeconds() + KEPT_SECONDS) };
      await client.send(
        new PutItemCommand({ TableName: table, Item: { ...keyOf(eventId), expiresAt } }),
      );
    },
  };
}

const keyOf = (eventId: string) => ({ pk: { S: `REPORT#${eventId}` }, sk: { S: 'REPORT' } });
