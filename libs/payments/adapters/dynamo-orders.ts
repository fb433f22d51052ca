import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type Outbox, type Relay, stampEvent } from '@triptych/platform/events';
import { span } from '@triptych/platform/telemetry';
import type { Change, Ids, Order, OrderState, Orders, PaymentsEventDraft } from '../core/index.ts';
import { idempotencyWrite } from './dynamo-idempotency.ts';
import { journalWrites } from './dynamo-ledger.ts';
import { writeAll } from './dynamo-write.ts';

interface Options {
  client: DynamoDBClient;
  table: string;
  outbox: Outbox;
  relay: Relay;
  ids: Ids;
}

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
export function dynamoOrders({ client, table, outbox, relay, ids }: Options): Orders {
  async function write(
    order: Order,
    items: readonly TransactWriteItem[],
    drafts: readonly PaymentsEventDraft[],
  ): Promise<boolean> {
    const occurredAt = order.updatedAt;
    const events = drafts.map((draft) =>
      stampEvent<string, unknown>(draft, { id: ids.next(), occurredAt }),
    );
    const written = await writeAll(client, [...items, ...outbox.transactItems(events)]);
    if (written && events.length > 0) relay.committed(events);
    return written;
  }

  return {
    place: ({ order, events, idempotency }) =>
      span(spanNames.placed, { orderId: order.id }, () =>
        write(
          order,
          [newOrderWrite(table, order), idempotencyWrite(table, idempotency, order.createdAt)],
          events,
        ),
      ),

    async find(orderId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(orderId), ConsistentRead: true }),
      );
      const document = Item?.document?.S;
      return document === undefined ? undefined : (JSON.parse(document) as Order);
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

const keyOf = (orderId: string) => ({ pk: { S: `ORDER#${orderId}` }, sk: { S: 'ORDER' } });

function itemOf(order: Order): Record<string, AttributeValue> {
  return {
    ...keyOf(order.id),
    state: { S: order.state },
    version: { N: String(order.version) },
    gsi1pk: { S: `ACCOUNT#${order.accountId}` },
    gsi1sk: { S: `${order.createdAt}#${order.id}` },
    document: { S: JSON.stringify(order) },
  };
}

function newOrderWrite(table: string, order: Order): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: itemOf(order),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function changeWrite(table: string, { from, to }: Pick<Change, 'from' | 'to'>): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: itemOf(to),
      ConditionExpression: '#state = :from AND #version = :v',
      ExpressionAttributeNames: { '#state': 'state', '#version': 'version' },
      ExpressionAttributeValues: { ':from': { S: from.state }, ':v': { N: String(from.version) } },
    },
  };
}
