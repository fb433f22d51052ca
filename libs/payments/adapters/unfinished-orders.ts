import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoTable, readItem } from '@triptych/platform/aws';
import { isFinished, type Order } from '../core/index.ts';
import { orderKey, UNFINISHED_SHARDS, unfinishedPartition } from './order-item.ts';

/**
 * The orders listed as `UNFINISHED#<shard>` / `<createdAt>#<id>`, oldest first. The transaction that
 * places an order lists it, and the one that ends it takes it off.
 */
export async function unfinishedOrders(
  of: DynamoTable,
  { placedBefore, limit }: { placedBefore: string; limit: number },
): Promise<readonly Order[]> {
  const listed = await Promise.all(
    Array.from({ length: UNFINISHED_SHARDS }, async (_, shard) => {
      const { Items = [] } = await of.client.send(
        new QueryCommand({
          TableName: of.table,
          KeyConditionExpression: 'pk = :shard AND sk < :before',
          ExpressionAttributeValues: {
            ':shard': { S: unfinishedPartition(shard) },
            ':before': { S: placedBefore },
          },
          Limit: limit,
        }),
      );
      return Items.map(({ sk, orderId }) => ({ position: sk?.S ?? '', id: orderId?.S ?? '' }));
    }),
  );
  const oldest = listed
    .flat()
    .sort((a, b) => (a.position < b.position ? -1 : 1))
    .slice(0, limit);
  const orders = await Promise.all(oldest.map(({ id }) => readItem(of, orderKey(id))));
  return orders
    .flatMap((item) => (item ? [JSON.parse(item.document) as Order] : []))
    .filter((order) => !isFinished(order));
}
