import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Outbox, Relay } from '@triptych/platform/events';
import type {
  Clock,
  HandledReports,
  IdempotencyRecords,
  Ids,
  Ledger,
  Orders,
} from '../core/index.ts';
import { dynamoIdempotency } from './dynamo-idempotency.ts';
import { dynamoLedger } from './dynamo-ledger.ts';
import { dynamoOrders } from './dynamo-orders.ts';
import { dynamoReports } from './dynamo-reports.ts';

/** Every store of payments, and a check that their table answers. */
export interface PaymentsStore {
  orders: Orders;
  idempotency: IdempotencyRecords;
  ledger: Ledger;
  reports: HandledReports;
  /** Resolves when the table answers. @throws what the client throws */
  ping(): Promise<void>;
}

/**
 * The stores of payments over one table, since what they write together must be one transaction.
 */
export function dynamoPayments(options: {
  client: DynamoDBClient;
  table: string;
  outbox: Outbox;
  relay: Relay;
  clock: Clock;
  ids: Ids;
}): PaymentsStore {
  const { client, table } = options;
  return {
    orders: dynamoOrders(options),
    idempotency: dynamoIdempotency(options),
    ledger: dynamoLedger(options),
    reports: dynamoReports(options),
    async ping() {
      const Key = { pk: { S: 'PING' }, sk: { S: 'PING' } };
      await client.send(new GetItemCommand({ TableName: table, Key }));
    },
  };
}
