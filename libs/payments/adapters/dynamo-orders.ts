import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, putNew, readItem } from '@triptych/platform/aws';
import { commitWithEvents, type EventOutlet } from '@triptych/platform/outbox';
import { span } from '@triptych/platform/telemetry';
import type { Order, OrderState, Orders, PaymentsEventDraft } from '../core/index.ts';
import { idempotencyWrite } from './dynamo-idempotency.ts';
import { journalWrites } from './dynamo-ledger.ts';
import {
  accountPartition,
  listUnfinished,
  orderItem,
  orderKey,
  orderWrite,
  readOrder,
  unlistFinished,
} from './order-item.ts';
import { unfinishedOrders } from './unfinished-orders.ts';

const SPAN_NAMES: Record<OrderState, string> = {
  placed: 'payments.write-order',
  reserved: 'payments.reserve-order',
  charging: 'payments.start-charging',
  confirmed: 'payments.confirm-order',
  rejected: 'payments.reject-order',
  cancelled: 'payments.cancel-order',
};

const attributesOf = (from: Order, to: Order) => ({
  orderId: to.id,
  from: from.state,
  ...(to.reason === null ? {} : { reason: to.reason }),
});

/**
 * Orders as `ORDER#<id>` / `ORDER`, with state and version for the conditions and the order as one
 * JSON document. `gsi1` lists an account's orders by time.
 */
export function dynamoOrders(options: DynamoTable & EventOutlet): Orders {
  const { client, table } = options;

  async function write(
    order: Order,
    items: readonly TransactWriteItem[],
    drafts: readonly PaymentsEventDraft[],
  ): Promise<boolean> {
    return (await commitWithEvents(options, items, drafts, order.updatedAt)).committed;
  }

  return {
    place: ({ order, events, idempotency }) =>
      span(SPAN_NAMES.placed, { orderId: order.id }, () =>
        write(
          order,
          [
            putNew(table, orderItem(order)),
            listUnfinished(table, order),
            idempotencyWrite(table, idempotency, order.createdAt),
          ],
          events,
        ),
      ),

    async find(orderId) {
      const item = await readItem(options, orderKey(orderId));
      return item && readOrder(item.document);
    },

    commit: ({ from, to, journal, events }) =>
      span(SPAN_NAMES[to.state], attributesOf(from, to), () =>
        write(
          to,
          [
            orderWrite(table, { from, to }),
            ...unlistFinished(table, to),
            ...(journal ? journalWrites(table, journal) : []),
          ],
          events,
        ),
      ),

    async page({ accountId, limit, after }) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi1',
          KeyConditionExpression: `gsi1pk = :account${after === null ? '' : ' AND gsi1sk < :after'}`,
          ExpressionAttributeValues: marshall({
            ':account': accountPartition(accountId),
            ...(after === null ? {} : { ':after': after }),
          }),
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      const orders = Items.map((item) => readOrder(item.document?.S ?? 'null'));
      return { orders, next: LastEvaluatedKey?.gsi1sk?.S ?? null };
    },

    ...unfinishedOrders(options),
  };
}
