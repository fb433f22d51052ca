import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, readItem, transact } from '@triptych/platform/aws';
import {
  listUnfinished,
  ORDER_SORT_KEY,
  readOrder,
  requireUnchanged,
  UNFINISHED_PROGRESS,
} from './order-item.ts';

const SCAN = { pk: UNFINISHED_PROGRESS, sk: 'SCAN' };

/**
 * Scans the next page of the table, at most 1 MB, for unfinished orders that are not listed. The item
 * `UNFINISHED#PROGRESS` / `SCAN` has the key after which the next call continues.
 */
export async function listMissing(
  of: DynamoTable,
  placedBefore: string,
): Promise<{ added: number; isEnd: boolean }> {
  const { client, table } = of;
  const progress = await readItem(of, SCAN);
  const next = progress?.next as object | undefined;
  const page = await client.send(
    new ScanCommand({
      TableName: table,
      FilterExpression:
        'sk = :order AND gsi1sk < :before AND #state IN (:placed, :reserved, :charging)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: marshall({
        ':order': ORDER_SORT_KEY,
        ':before': placedBefore,
        ':placed': 'placed',
        ':reserved': 'reserved',
        ':charging': 'charging',
      }),
      ...(next && { ExclusiveStartKey: marshall(next) }),
    }),
  );
  let added = 0;
  for (const { document } of page.Items ?? []) {
    const order = readOrder(document?.S ?? 'null');
    // Fails if the order is listed, or has changed since the page was read.
    const items = [listUnfinished(table, order), requireUnchanged(table, order)];
    if ((await transact(client, items)).committed) added += 1;
  }
  const { pk, sk } = page.LastEvaluatedKey ?? {};
  const isEnd = pk === undefined;
  const item = isEnd ? SCAN : { ...SCAN, next: { pk: pk.S, sk: sk?.S } };
  await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
  return { added, isEnd };
}
