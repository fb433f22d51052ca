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

/**
 * All stores of payments over one table, so that one transaction can write to several. Keys `pk` and
 * `sk`, TTL `expiresAt` in seconds, index `gsi1`, and a stream of new images for the outbox:
 * - `ORDER#<id>` / `ORDER`: `state`, `version`, and the order as JSON in `document`; in `gsi1` under
 *   `ACCOUNT#<account id>`, sorted by `<createdAt>#<id>`
 * - `UNFINISHED#<0–3>` / `<createdAt>#<order id>`: an order that has not ended
 * - `UNFINISHED#PROGRESS` / `SCAN`, `TRIED`: where the hourly check of unfinished orders continues
 * - `ORDER#<id>` / `REFUND#<refund id>`: `version`, and the refund as JSON in `document`
 * - `ORDER#<id>` / `WAIT`: the token with which a coordinator waits for the end of the order (libs/checkout)
 * - `IDEMPOTENCY#<account id>#<operation>#<key>` / `IDEMPOTENCY`: fingerprint and answer, for 24 hours
 * - `JOURNAL#<id>` / `JOURNAL`: one booking with all its postings, never changed; in `gsi1` under
 *   `JOURNALS#<day>#<0–3>`, sorted by `<at>#<id>`
 * - `BALANCE#<account>` / `SHARD#<00–15>`: counters, one attribute `cents_<currency>` each
 * - `REPORT#<event id>` / `REPORT`: a handled event of the provider, for 30 days
 * - `OUTBOX#<shard>` / `<occurredAt>#<id>`: events to publish (platform/outbox)
 */
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
