import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type DynamoTable, putIf, putNew, readItem } from '@triptych/platform/aws';
import { commitWithEvents, type EventOutlet } from '@triptych/platform/outbox';
import { span } from '@triptych/platform/telemetry';
import { MAX_REFUNDS, type Refund, type RefundChange, type Refunds } from '../core/index.ts';
import { idempotencyWrite } from './dynamo-idempotency.ts';
import { journalWrites } from './dynamo-ledger.ts';
import { orderWrite } from './order-item.ts';

/** Refunds as `ORDER#<order>` / `REFUND#<id>`, so one query reads all refunds of an order. */
export function dynamoRefunds(options: DynamoTable & EventOutlet): Refunds {
  const { client, table } = options;
  return {
    async find(orderId, refundId) {
      const item = await readItem(options, keyOf(orderId, refundId));
      return item && (JSON.parse(item.document) as Refund);
    },

    async of(orderId) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :refund)',
          ExpressionAttributeValues: {
            ':pk': { S: `ORDER#${orderId}` },
            ':refund': { S: 'REFUND#' },
          },
          ConsistentRead: true,
          Limit: MAX_REFUNDS,
        }),
      );
      const refunds = Items.map((item) => JSON.parse(unmarshall(item).document) as Refund);
      return refunds.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
    },

    commit: (change) =>
      span(`payments.refund-${change.to.state}`, attributesOf(change), async () => {
        const { to, order, journal, idempotency, events } = change;
        const writes = [
          refundWrite(table, change),
          ...(order ? [orderWrite(table, order)] : []),
          ...(journal ? journalWrites(table, journal) : []),
          ...(idempotency ? [idempotencyWrite(table, idempotency, to.createdAt)] : []),
        ];
        return (await commitWithEvents(options, writes, events, to.updatedAt)).committed;
      }),
  };
}

const attributesOf = ({ to }: RefundChange) => ({ orderId: to.orderId, refundId: to.id });

const keyOf = (orderId: string, refundId: string) => ({
  pk: `ORDER#${orderId}`,
  sk: `REFUND#${refundId}`,
});

function refundWrite(table: string, { from, to }: RefundChange): TransactWriteItem {
  const { version } = to;
  const item = { ...keyOf(to.orderId, to.id), version, document: JSON.stringify(to) };
  if (from === null) return putNew(table, item);
  return putIf(table, item, {
    when: '#version = :v',
    values: { ':v': from.version },
    names: { '#version': 'version' },
  });
}
