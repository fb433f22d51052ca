import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { putIf } from '@triptych/platform/aws';
import type { Change, Order } from '../core/index.ts';

/** Where an order lies. */
export const orderKey = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' });

/** An account's orders in the index, by time. */
export const accountPartition = (accountId: string) => `ACCOUNT#${accountId}`;

/** State and version for the conditions, the rest as one JSON document. */
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

/** Replaces an order unless somebody wrote it since. */
export function orderWrite(table: string, { from, to }: Pick<Change, 'from' | 'to'>) {
  return putIf(table, orderItem(to), {
    when: '#state = :from AND #version = :v',
    values: { ':from': from.state, ':v': from.version },
    names: { '#state': 'state', '#version': 'version' },
  }) satisfies TransactWriteItem;
}
