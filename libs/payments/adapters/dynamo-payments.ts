import { type DynamoTable, readItem } from '@triptych/platform/aws';
import type { EventOutlet } from '@triptych/platform/outbox';
import type {
  Clock,
  HandledReports,
  IdempotencyRecords,
  Ledger,
  Orders,
  Refunds,
} from '../core/index.ts';
import { dynamoIdempotency } from './dynamo-idempotency.ts';
import { dynamoLedger } from './dynamo-ledger.ts';
import { dynamoOrders } from './dynamo-orders.ts';
import { dynamoRefunds } from './dynamo-refunds.ts';
import { dynamoReports } from './dynamo-reports.ts';

/** The stores of payments, and a check that their table answers. */
export interface PaymentsStore {
  orders: Orders;
  refunds: Refunds;
  idempotency: IdempotencyRecords;
  ledger: Ledger;
  reports: HandledReports;
  /** Resolves when the table answers. @throws what the client throws */
  ping(): Promise<void>;
}

/** All stores of payments over one table, so that one transaction can write to several. */
export function dynamoPayments(
  options: DynamoTable & EventOutlet & { clock: Clock },
): PaymentsStore {
  return {
    orders: dynamoOrders(options),
    refunds: dynamoRefunds(options),
    idempotency: dynamoIdempotency(options),
    ledger: dynamoLedger(options),
    reports: dynamoReports(options),
    async ping() {
      await readItem(options, { pk: 'PING', sk: 'PING' });
    },
  };
}
