import { acceptReport, type ProviderReport } from './accept-report.ts';
import { type CancelOrder, cancelOrder } from './cancel-order.ts';
import { type ChargeOrder, chargeOrder } from './charge-order.ts';
import type { Progress } from './drive-record.ts';
import { type FindOrder, findOrder } from './find-order.ts';
import { findOutcome, type OrderOutcome } from './find-outcome.ts';
import { listMissing } from './list-missing.ts';
import { type ListOrders, listOrders } from './list-orders.ts';
import { type ListRefunds, listRefunds } from './list-refunds.ts';
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
import { type LedgerBalance, readBalance } from './read-balance.ts';
import { type Difference, reconcile } from './reconcile.ts';
import type { Refund } from './refund.ts';
import { type RejectOrder, rejectOrder } from './reject-order.ts';
import { type RequestRefund, requestRefund } from './request-refund.ts';
import { settleOverdue } from './settle-overdue.ts';
import { type SettleRefund, settleRefund } from './settle-refund.ts';
import { settleUnfinished, type UnsettledOrder } from './settle-unfinished.ts';

/** The ports of all use cases. */
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

/** The use cases of payments. Each is documented in the file of the same name. */
export interface Payments {
  placeOrder(command: PlaceOrder): Promise<PlacedOrder>;
  findOrder(command: FindOrder): Promise<Order>;
  listOrders(command: ListOrders): Promise<OrderPage>;
  cancelOrder(command: CancelOrder): Promise<Order>;
  requestRefund(command: RequestRefund): Promise<string>;
  listRefunds(command: ListRefunds): Promise<readonly Refund[]>;
  chargeOrder(quote: ChargeOrder): Promise<Progress>;
  rejectOrder(command: RejectOrder): Promise<Progress>;
  findOutcome(orderId: string): Promise<OrderOutcome>;
  settleOverdue(orderId: string): Promise<Progress>;
  listMissing(): Promise<number>;
  settleUnfinished(): Promise<readonly UnsettledOrder[]>;
  settleRefund(command: SettleRefund): Promise<Progress>;
  acceptReport(report: ProviderReport): Promise<void>;
  readBalance(): Promise<LedgerBalance>;
  reconcile(sinceMs: number): Promise<readonly Difference[]>;
}

/** Binds the use cases to their ports. */
export function createPayments(deps: PaymentsDeps): Payments {
  return {
    placeOrder: (command) => placeOrder(deps, command),
    findOrder: (command) => findOrder(deps, command),
    listOrders: (command) => listOrders(deps, command),
    cancelOrder: (command) => cancelOrder(deps, command),
    requestRefund: (command) => requestRefund(deps, command),
    listRefunds: (command) => listRefunds(deps, command),
    chargeOrder: (quote) => chargeOrder(deps, quote),
    rejectOrder: (command) => rejectOrder(deps, command),
    findOutcome: (orderId) => findOutcome(deps, orderId),
    settleOverdue: (orderId) => settleOverdue(deps, orderId),
    listMissing: () => listMissing(deps),
    settleUnfinished: () => settleUnfinished(deps),
    settleRefund: (command) => settleRefund(deps, command),
    acceptReport: (report) => acceptReport(deps, report),
    readBalance: () => readBalance(deps),
    reconcile: (sinceMs) => reconcile(deps, sinceMs),
  };
}
