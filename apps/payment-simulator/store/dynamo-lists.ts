import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import type { ListPage, ListQuery } from './simulator-store.ts';

/** Sorts after every id of its kind. */
const LAST = '~';

/**
 * Charges and refunds from `gsi1`, where each kind is one partition in the order of its ids, which
 * is that of time. One partition is enough for a simulator.
 */
export async function readList(
  { client, table }: DynamoTable,
  { kind, since, before, limit }: ListQuery,
): Promise<ListPage> {
  const to = before ?? LAST;
  if (to <= since) return { ids: [], intentIds: [], hasMore: false };
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :kind AND gsi1sk BETWEEN :since AND :to',
      ExpressionAttributeValues: {
        ':kind': { S: kind.toUpperCase() },
        ':since': { S: since },
        ':to': { S: to },
      },
      ScanIndexForward: false,
      // One more to know whether there is more, and `before` itself, which the range holds.
      Limit: limit + 2,
    }),
  );
  const found = Items.filter((item) => item.gsi1sk?.S !== before);
  const shown = found.slice(0, limit);
  return {
    ids: shown.map((item) => item.gsi1sk?.S ?? ''),
    intentIds: shown.map((item) => item.intentId?.S ?? ''),
    hasMore: found.length > limit,
  };
}
