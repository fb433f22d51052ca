import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Condition, putIf, putNew, requireIf, shardOf } from '@triptych/platform/aws';
import {
  type Change,
  isFinished,
  NOT_REFUNDED,
  type Order,
  type OrderPosition,
} from '../core/index.ts';

/** Partitions of the list of unfinished orders, so that many orders can be placed at once. */
export const UNFINISHED_SHARDS = 4;

/** Partition of the items that record where the hourly check of unfinished orders continues. */
export const UNFINISHED_PROGRESS = 'UNFINISHED#PROGRESS';

/** Sort key of an order's item. */
export const ORDER_SORT_KEY = 'ORDER';

/** Key of an order's item. */
export const orderKey = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: ORDER_SORT_KEY });

/** Sorts orders by age. */
export const positionOf = ({ createdAt, id }: OrderPosition) => `${createdAt}#${id}`;

/** Partition of `gsi1` that lists an account's orders by time. */
export const accountPartition = (accountId: string) => `ACCOUNT#${accountId}`;

/** An order's item: state and version for the conditions, and the order as one JSON document. */
export function orderItem(order: Order) {
  return {
    ...orderKey(order.id),
    state: order.state,
    version: order.version,
    gsi1pk: accountPartition(order.accountId),
    gsi1sk: positionOf(order),
    document: JSON.stringify(order),
  };
}

/** An order as any version of this shop stored it. A field that a version added may be missing. */
type StoredOrder = Omit<Order, 'refunded' | 'intentId'> & Partial<Order>;

/**
 * The order in an item's document, in today's shape, whatever version wrote it. This is the only place that knows the older
 * shapes. An order is stored in today's shape when it is next written. docs/changing-stored-data.md explains it.
 */
export function readOrder(document: string): Order {
  const stored = JSON.parse(document) as StoredOrder;
  return {
    ...stored,
    // Version 0.1.0 stored no totals before the first refund.
    refunded: stored.refunded ?? NOT_REFUNDED,
    // Version 0.1.0 left the field out after an answer of the provider without an id.
    intentId: stored.intentId ?? null,
  };
}

/** Partition of the list of unfinished orders. */
export const unfinishedPartition = (shard: number) => `UNFINISHED#${shard}`;

const unfinishedKey = (order: Order) => ({
  pk: unfinishedPartition(shardOf(order.id, UNFINISHED_SHARDS)),
  sk: positionOf(order),
});

/** Adds an order to the list of unfinished orders. */
export const listUnfinished = (table: string, order: Order): TransactWriteItem =>
  putNew(table, { ...unfinishedKey(order), orderId: order.id });

/** Takes an order that has ended off the list of unfinished orders. */
export const unlistFinished = (table: string, order: Order): TransactWriteItem[] =>
  isFinished(order) ? [{ Delete: { TableName: table, Key: marshall(unfinishedKey(order)) } }] : [];

/** Holds while the stored order still has the state and version of `order`. */
const unchanged = ({ state, version }: Order): Condition => ({
  when: '#state = :from AND #version = :v',
  values: { ':from': state, ':v': version },
  names: { '#state': 'state', '#version': 'version' },
});

/** Writes nothing, but fails its transaction if the order has been written since. */
export const requireUnchanged = (table: string, order: Order): TransactWriteItem =>
  requireIf(table, orderKey(order.id), unchanged(order));

/** Replaces an order that still has the state and version of `from`. */
export function orderWrite(
  table: string,
  { from, to }: Pick<Change, 'from' | 'to'>,
): TransactWriteItem {
  return putIf(table, orderItem(to), unchanged(from));
}
