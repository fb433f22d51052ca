import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, readItem } from '@triptych/platform/aws';
import {
  isFinished,
  type Order,
  type OrderPosition,
  type Orders,
  type UnfinishedQuery,
} from '../core/index.ts';
import { listMissing } from './list-missing.ts';
import {
  orderKey,
  positionOf,
  readOrder,
  UNFINISHED_PROGRESS,
  UNFINISHED_SHARDS,
  unfinishedPartition,
} from './order-item.ts';

const TRIED = { pk: UNFINISHED_PROGRESS, sk: 'TRIED' };

/**
 * The orders listed as `UNFINISHED#<shard>` / `<createdAt>#<id>`, oldest first. The transaction that
 * places an order lists it, and the one that ends it takes it off.
 */
export function unfinishedOrders(
  of: DynamoTable,
): Pick<Orders, 'unfinished' | 'listMissing' | 'lastTried' | 'saveLastTried'> {
  return {
    unfinished: (query) => listed(of, query),
    listMissing: (placedBefore) => listMissing(of, placedBefore),

    async lastTried() {
      const item = await readItem(of, TRIED);
      return item ? ({ createdAt: item.createdAt, id: item.orderId } as OrderPosition) : null;
    },

    async saveLastTried({ createdAt, id: orderId }) {
      const Item = marshall({ ...TRIED, createdAt, orderId });
      await of.client.send(new PutItemCommand({ TableName: of.table, Item }));
    },
  };
}

async function listed(of: DynamoTable, query: UnfinishedQuery): Promise<readonly Order[]> {
  const shards = await Promise.all(
    Array.from({ length: UNFINISHED_SHARDS }, (_, shard) => listedIn(of, shard, query)),
  );
  const oldest = shards
    .flat()
    .sort((a, b) => (a.position < b.position ? -1 : 1))
    .slice(0, query.limit);
  const orders = await Promise.all(oldest.map(({ id }) => readItem(of, orderKey(id))));
  return orders
    .flatMap((item) => (item ? [readOrder(item.document)] : []))
    .filter((order) => !isFinished(order));
}

async function listedIn(
  { client, table }: DynamoTable,
  shard: number,
  { placedBefore, limit, after }: UnfinishedQuery,
): Promise<{ position: string; id: string }[]> {
  // A space sorts before all characters of an id, so this is the next position after `after`.
  const from = after ? `${positionOf(after)} ` : '0';
  if (from > placedBefore) return [];
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :shard AND sk BETWEEN :from AND :before',
      ExpressionAttributeValues: {
        ':shard': { S: unfinishedPartition(shard) },
        ':from': { S: from },
        ':before': { S: placedBefore },
      },
      Limit: limit,
    }),
  );
  return Items.map(({ sk, orderId }) => ({ position: sk?.S ?? '', id: orderId?.S ?? '' }));
}
