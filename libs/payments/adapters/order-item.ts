import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { putIf } from '@triptych/platform/aws';
import type { Change, Order } from '../core/index.ts';

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

/** Replaces an order that still has the state and version of `from`. */
export function orderWrite(table: string, { from, to }: Pick<Change, 'from' | 'to'>) {
  return putIf(table, orderItem(to), {
    when: '#state = :from AND #version = :v',
    values: { ':from': from.state, ':v': from.version },
    names: { '#state': 'state', '#version': 'version' },
  }) satisfies TransactWriteItem;
}
