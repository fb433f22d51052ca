/** The rules of orders, payments and the ledger. Independent of AWS, HTTP and Stripe. */

export { type ProviderReport, REPORT_TTL_MS } from './accept-report.ts';
export type { Progress } from './drive-record.ts';
export * from './event-drafts.ts';
export type { Caller } from './find-order.ts';
export * from './idempotency.ts';
export * from './journal.ts';
export * from './money.ts';
export * from './order.ts';
export * from './payments.ts';
export type { PlacedOrder, PlaceOrder } from './place-order.ts';
export * from './ports.ts';
export type { LedgerBalance } from './read-balance.ts';
export { type Difference, reconcile } from './reconcile.ts';
export { MAX_REFUNDS, newRefund, type Refund, type RefundRequest } from './refund.ts';
export type { RefundChange } from './refund-changes.ts';
export type { Change } from './transitions.ts';
