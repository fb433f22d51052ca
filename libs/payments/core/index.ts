/** The rules of orders, payments and the ledger. Knows neither AWS nor HTTP nor Stripe. */

export type { Progress } from './drive-order.ts';
export * from './event-drafts.ts';
export type { Caller } from './find-order.ts';
export * from './idempotency.ts';
export * from './journal.ts';
export * from './money.ts';
export * from './order.ts';
export * from './payments.ts';
export type { PlacedOrder, PlaceOrder } from './place-order.ts';
export * from './ports.ts';
export type { ProviderReport } from './provider-report.ts';
export type { LedgerBalance } from './read-balance.ts';
export { type Difference, reconcile } from './reconcile.ts';
export { MAX_REFUNDS, type Refund, type RefundRequest } from './refund.ts';
export type { RefundChange } from './refund-changes.ts';
export type { Change } from './transitions.ts';
