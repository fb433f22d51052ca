import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import type { Page, PageQuery, Product } from '../core/index.ts';
import { listPartition, listPosition, listShards, productOf } from './product-item.ts';

/** Sorts before, or after, every position: positions hold only `#`, `:`, `.`, `-`, `_`, letters and digits. */
const first = '!';
const last = '~';

/**
 * A page of the product list. Each shard of the index gives its own next products in order, one more than asked for
 * (101 items of at most 9 KB, so one answer of at most 1 MB holds them), and the pages merge. The index may lag behind
 * the table for a moment.
 */
export async function productPage(of: DynamoTable, query: PageQuery): Promise<Page> {
  const { from, to } = range(query);
  if (from > to) return { products: [] };
  const shards = Array.from({ length: listShards }, (_, shard) => listPartition(shard));
  const parts = await Promise.all(
    shards.map((partition) => queryShard(of, partition, { from, to, limit: query.limit + 1 })),
  );
  const merged = parts.flat().sort(byPosition);
  const products = merged.slice(0, query.limit);
  const end = products.at(-1);
  return merged.length > query.limit && end ? { products, next: listPosition(end) } : { products };
}

/** Both ends belong to a BETWEEN; a position with `!` behind it is the next one that could exist. */
function range({ category, after }: PageQuery): { from: string; to: string } {
  const start = category === undefined ? first : `${category}#`;
  const to = category === undefined ? last : `${category}#${last}`;
  return { from: after === undefined ? start : `${after}${first}`, to };
}

async function queryShard(
  { client, table }: DynamoTable,
  partition: string,
  bounds: { from: string; to: string; limit: number },
): Promise<Product[]> {
  const command = new QueryCommand({
    TableName: table,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :partition AND gsi1sk BETWEEN :from AND :to',
    ExpressionAttributeValues: marshall({
      ':partition': partition,
      ':from': bounds.from,
      ':to': bounds.to,
    }),
    Limit: bounds.limit,
  });
  const { Items: items = [] } = await client.send(command);
  return items.map((item) => productOf(unmarshall(item)));
}

function byPosition(one: Product, other: Product): number {
  return listPosition(one) < listPosition(other) ? -1 : 1;
}
