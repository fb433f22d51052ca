import type { StockRejected, StockReserved } from '@triptych/events';
import { chargeOrder } from './charge-order.ts';
import type { Progress } from './drive-order.ts';
import { type Caller, findOrder } from './find-order.ts';
import type { Order } from './order.ts';
import { type PlacedOrder, type PlaceOrder, placeOrder } from './place-order.ts';
import type {
  Clock,
  Fingerprint,
  HandledReports,
  IdempotencyRecords,
  Ids,
  Ledger,
  Orders,
  PaymentProvider,
} from './ports.ts';
import { acceptReport, type ProviderReport } from './provider-report.ts';
import { type LedgerBalance, readBalance } from './read-balance.ts';
import { rejectOrder } from './reject-order.ts';
import { settleOverdue } from './settle-overdue.ts';

export interface PaymentsDeps {
  orders: Orders;
  idempotency: IdempotencyRecords;
  ledger: Ledger;
  reports: HandledReports;
  provider: PaymentProvider;
  fingerprint: Fingerprint;
  clock: Clock;
  ids: Ids;
}

/** The use cases of payments; each is described in the file of its own. */
export interface Payments {
  placeOrder(command: PlaceOrder): Promise<PlacedOrder>;
  findOrder(orderId: string, caller: Caller): Promise<Order>;
  chargeOrder(quote: StockReserved['data']): Promise<Progress>;
  rejectOrder(rejection: StockRejected['data']): Promise<Progress>;
  settleOverdue(orderId: string): Promise<Progress>;
  acceptReport(report: ProviderReport): Promise<void>;
  readBalance(): Promise<LedgerBalance>;
}

/** Ties the use cases to what they need. */
export function createPayments(deps: PaymentsDeps): Payments {
  return {
    placeOrder: (command) => placeOrder(deps, command),
    findOrder: (orderId, caller) => findOrder(deps.orders, orderId, caller),
    chargeOrder: (quote) => chargeOrder(deps, quote),
    rejectOrder: (rejection) => rejectOrder(deps, rejection),
    settleOverdue: (orderId) => settleOverdue(deps, orderId),
    acceptReport: (report) => acceptReport(deps, report),
    readBalance: () => readBalance(deps.ledger),
  };
}
