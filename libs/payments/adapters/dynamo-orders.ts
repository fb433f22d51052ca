import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type DynamoTable, putIf, putNew, readItem } from '@triptych/platform/aws';
import { commitWithEvents, type EventOutlet } from '@triptych/platform/events';
import { span } from '@triptych/platform/telemetry';
import type { Change, Order, OrderState, Orders, PaymentsEventDraft } from '../core/index.ts';
import { idempotencyWrite } from './dynamo-idempotency.ts';
import { journalWrites } from './dynamo-ledger.ts';

const spanNames: Record<OrderState, string> = {
  placed: 'payments.write-order',
  reserved: 'payments.reserve-order',
  charging: 'payments.start-charging',
  confirmed: 'payments.confirm-order',
  rejected: 'payments.reject-order',
  cancelled: 'payments.cancel-order',
};

/**
 * Orders as `ORDER#<id>` / `ORDER`: state and version for the conditions, the rest as one JSON
 * document. `gsi1` lists an account's orders by time.
 */
export function dynamoOrders(options: DynamoTable & EventOutlet): Orders {
  const { table } = options;

  async function write(
    order: Order,
    items: readonly TransactWriteItem[],
    drafts: readonly PaymentsEventDraft[],
  ): Promise<boolean> {
    return (await commitWithEvents(options, items, drafts, order.updatedAt)).committed;
  }

  return {
    place: ({ order, events, idempotency }) =>
      span(spanNames.placed, { orderId: order.id }, () =>
        write(
          order,
          [putNew(table, itemOf(order)), idempotencyWrite(table, idempotency, order.createdAt)],
          events,
        ),
      ),

    async find(orderId) {
      const item = await readItem(options, keyOf(orderId));
      return item && (JSON.parse(item.document) as Order);
    },

    commit: ({ from, to, journal, events }) =>
      span(spanNames[to.state], { orderId: to.id, from: from.state }, () =>
        write(
          to,
          [changeWrite(table, { from, to }), ...(journal ? journalWrites(table, journal) : [])],
          events,
        ),
      ),
  };
}

const keyOf = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' });

function itemOf(order: Order) {
  return {
    ...keyOf(order.id),
    state: order.state,
    version: order.version,
    gsi1pk: `ACCOUNT#${order.accountId}`,
    gsi1sk: `${order.createdAt}#${order.id}`,
    document: JSON.stringify(order),
  };
}

function changeWrite(table: string, { from, to }: Pick<Change, 'from' | 'to'>): TransactWriteItem {
  return putIf(table, itemOf(to), {
    when: '#state = :from AND #version = :v',
    values: { ':from': from.state, ':v': from.version },
    names: { '#state': 'state', '#version': 'version' },
  });
}
