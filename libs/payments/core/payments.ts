import type { RefundRequested, StockRejected, StockReserved } from '@triptych/events';
import { cancelOrder } from './cancel-order.ts';
import { chargeOrder } from './charge-order.ts';
import type { Progress } from './drive-order.ts';
import { type Caller, findOrder } from './find-order.ts';
import { type ListOrders, listOrders } from './list-orders.ts';
import { listRefunds } from './list-refunds.ts';
import type { Order } from './order.ts';
import { type PlacedOrder, type PlaceOrder, placeOrder } from './place-order.ts';
import type {
  Clock,
  Fingerprint,
  HandledReports,
  IdempotencyRecords,
  Ids,
  Ledger,
  OrderPage,
  Orders,
  PaymentProvider,
  ProviderStatement,
  Refunds,
} from './ports.ts';
import { acceptReport, type ProviderReport } from './provider-report.ts';
import { type LedgerBalance, readBalance } from './read-balance.ts';
import { type Difference, reconcile } from './reconcile.ts';
import type { Refund } from './refund.ts';
import { rejectOrder } from './reject-order.ts';
import { type RequestRefund, requestRefund } from './request-refund.ts';
import { settleOverdue } from './settle-overdue.ts';
import { settleRefund } from './settle-refund.ts';

export interface PaymentsDeps {
  orders: Orders;
  idempotency: IdempotencyRecords;
  ledger: Ledger;
  reports: HandledReports;
  refunds: Refunds;
  provider: PaymentProvider & ProviderStatement;
  fingerprint: Fingerprint;
  clock: Clock;
  ids: Ids;
}

/** The use cases of payments; each is described in the file of its own. */
export interface Payments {
  placeOrder(command: PlaceOrder): Promise<PlacedOrder>;
  findOrder(orderId: string, caller: Caller): Promise<Order>;
  listOrders(query: ListOrders): Promise<OrderPage>;
  cancelOrder(orderId: string, caller: Caller): Promise<Order>;
  requestRefund(command: RequestRefund): Promise<string>;
  listRefunds(orderId: string, caller: Caller): Promise<readonly Refund[]>;
  chargeOrder(quote: StockReserved['data']): Promise<Progress>;
  rejectOrder(rejection: StockRejected['data']): Promise<Progress>;
  settleOverdue(orderId: string): Promise<Progress>;
  settleRefund(refund: RefundRequested['data']): Promise<Progress>;
  acceptReport(report: ProviderReport): Promise<void>;
  readBalance(): Promise<LedgerBalance>;
  reconcile(sinceMs: number): Promise<readonly Difference[]>;
}

/** Ties the use cases to what they need. */
export function createPayments(deps: PaymentsDeps): Payments {
  return {
    placeOrder: (command) => placeOrder(deps, command),
    findOrder: (orderId, caller) => findOrder(deps.orders, orderId, caller),
    listOrders: (query) => listOrders(deps.orders, query),
    cancelOrder: (orderId, caller) => cancelOrder(deps, orderId, caller),
    requestRefund: (command) => requestRefund(deps, command),
    listRefunds: (orderId, caller) => listRefunds(deps, orderId, caller),
    chargeOrder: (quote) => chargeOrder(deps, quote),
    rejectOrder: (rejection) => rejectOrder(deps, rejection),
    settleOverdue: (orderId) => settleOverdue(deps, orderId),
    settleRefund: (refund) => settleRefund(deps, refund),
    acceptReport: (report) => acceptReport(deps, report),
    readBalance: () => readBalance(deps.ledger),
    reconcile: (sinceMs) => reconcile(deps, sinceMs),
  };
}
