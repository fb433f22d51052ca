import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import type { ListPage, ListQuery } from './simulator-store.ts';

/** Sorts after every id. */
const LAST = '~';

/**
 * Reads charges or refunds from `gsi1`, which has one partition per kind, sorted by id and so by
 * time. One partition is enough for a simulator.
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
      // One more to know whether others follow, and `before` itself, which the range includes.
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
