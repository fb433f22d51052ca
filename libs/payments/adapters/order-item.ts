import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { putIf, putNew, shardOf } from '@triptych/platform/aws';
import { type Change, isFinished, type Order } from '../core/index.ts';

/** Partitions of the list of unfinished orders, so that many orders can be placed at once. */
export const UNFINISHED_SHARDS = 4;

/** Key of an order's item. */
export const orderKey = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' });

/** Partition of `gsi1` that lists an account's orders by time. */
export const accountPartition = (accountId: string) => `ACCOUNT#${accountId}`;

/** An order's item: state and version for the conditions, and the order as one JSON document. */
export function orderItem(order: Order) {
  return {
    ...orderKey(order.id),
    state: order.state,
    version: order.version,
    gsi1pk: accountPartition(order.accountId),
    gsi1sk: `${order.createdAt}#${order.id}`,
    document: JSON.stringify(order),
  };
}

/** Partition of the list of unfinished orders. */
export const unfinishedPartition = (shard: number) => `UNFINISHED#${shard}`;

const unfinishedKey = ({ id, createdAt }: Order) => ({
  pk: unfinishedPartition(shardOf(id, UNFINISHED_SHARDS)),
  sk: `${createdAt}#${id}`,
});

/** Adds a new order to the list of unfinished orders. */
export const listUnfinished = (table: string, order: Order): TransactWriteItem =>
  putNew(table, { ...unfinishedKey(order), orderId: order.id });

/** Takes an order that has ended off the list of unfinished orders. */
export const unlistFinished = (table: string, order: Order): TransactWriteItem[] =>
  isFinished(order) ? [{ Delete: { TableName: table, Key: marshall(unfinishedKey(order)) } }] : [];

/** Replaces an order that still has the state and version of `from`. */
export function orderWrite(table: string, { from, to }: Pick<Change, 'from' | 'to'>) {
  return putIf(table, orderItem(to), {
    when: '#state = :from AND #version = :v',
    values: { ':from': from.state, ':v': from.version },
    names: { '#state': 'state', '#version': 'version' },
  }) satisfies TransactWriteItem;
}
