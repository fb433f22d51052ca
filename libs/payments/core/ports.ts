import type { PaymentsEventDraft } from './event-drafts.ts';
import type { IdempotencyRecord, IdempotencyScope } from './idempotency.ts';
import type { Account, Journal } from './journal.ts';
import type { Money } from './money.ts';
import type { Order } from './order.ts';
import type { Refund } from './refund.ts';
import type { RefundChange } from './refund-changes.ts';
import type { Change } from './transitions.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Ids {
  next(): string;
}

/** SHA-256, in hex, of the canonical JSON (RFC 8785) of a value. */
export type Fingerprint = (value: unknown) => string;

/** Everything that is true at once when an order has been placed. */
export interface Placement {
  readonly order: Order;
  readonly events: readonly PaymentsEventDraft[];
  readonly idempotency: IdempotencyRecord;
}

/** Reads are consistent; each write is one transaction. */
export interface Orders {
  /** False, and nothing written, when the idempotency key is taken. */
  place(placement: Placement): Promise<boolean>;
  find(orderId: string): Promise<Order | undefined>;
  /** False, and nothing written, when the order is no longer at `from`'s state and version. */
  commit(change: Change): Promise<boolean>;
  /** An account's orders, newest first; what was placed a moment ago may still be missing. */
  page(query: OrderQuery): Promise<OrderPage>;
}

export interface OrderQuery {
  readonly accountId: string;
  readonly limit: number;
  /** A position that an earlier page gave; null for the first page. */
  readonly after: string | null;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  /** Null when there is no more. */
  readonly next: string | null;
}

/** Reads are consistent; each write is one transaction. */
export interface Refunds {
  find(orderId: string, refundId: string): Promise<Refund | undefined>;
  /** All of an order's, oldest first. */
  of(orderId: string): Promise<readonly Refund[]>;
  /**
   * False, and nothing written, when refund or order have been written since, or the idempotency key
   * is taken.
   */
  commit(change: RefundChange): Promise<boolean>;
}

export interface IdempotencyRecords {
  /** What is kept under this scope; an expired record counts as absent. */
  find(scope: IdempotencyScope): Promise<IdempotencyRecord | undefined>;
}

export interface AccountBalance {
  readonly account: Account;
  readonly currency: string;
  readonly balanceCents: number;
}

export interface Ledger {
  /** Every account's balance at one moment, a row for each currency that was ever posted to it. */
  balances(): Promise<readonly AccountBalance[]>;
  /** What was booked from `sinceMs` on, in no particular order; costs a few reads a day. */
  journals(sinceMs: number): AsyncIterable<Journal>;
}

/** Which of the provider's events have been dealt with; kept 30 days. */
export interface HandledReports {
  has(eventId: string): Promise<boolean>;
  add(eventId: string): Promise<void>;
}

/** An attempt at taking money, as the provider knows it. */
export interface Intent {
  readonly id: string;
  /** From the metadata that was given when the intent was made. */
  readonly orderId: string | null;
  /** `open` may still be confirmed or cancelled; the last three are final. */
  readonly status: 'open' | 'processing' | 'succeeded' | 'declined' | 'cancelled';
  readonly amount: Money;
}

/** `unknown` is not failed: it may have been carried out, and only asking again can tell. */
export type IntentAnswer = Intent | 'unknown';

export type CreateAnswer =
  | { readonly kind: 'created'; readonly intent: Intent }
  /** The provider will never make this intent (no such payment method, amount too small). */
  | { readonly kind: 'refused'; readonly code: string }
  /** `keySpent`: the provider has stored a fault under this key and will replay it. */
  | { readonly kind: 'unknown'; readonly keySpent: boolean };

export interface CreateIntent {
  readonly orderId: string;
  readonly attempt: number;
  readonly amount: Money;
  readonly paymentMethod: string;
}

/** Money on its way back, as the provider knows it. */
export interface ProviderRefund {
  readonly id: string;
  readonly intentId: string | null;
  /** Both from the metadata that was given when it was made; null when somebody else made it. */
  readonly orderId: string | null;
  readonly refundId: string | null;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly reason: string | null;
  readonly amount: Money;
}

export interface CreateRefund {
  readonly orderId: string;
  readonly refundId: string;
  readonly attempt: number;
  readonly intentId: string;
  readonly amount: Money;
}

export type RefundAnswer =
  | { readonly kind: 'created'; readonly refund: ProviderRefund }
  /** The provider will never pay this back. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly keySpent: boolean };

/** A charge on the provider's statement. */
export interface StatementCharge {
  readonly kind: 'charge';
  readonly intentId: string;
  readonly orderId: string | null;
  readonly amount: Money;
  readonly atMs: number;
}

/** A refund on the provider's statement. */
export interface StatementRefund extends ProviderRefund {
  readonly kind: 'refund';
  readonly atMs: number;
}

/** None of these throws because of what the provider did or did not answer. */
export interface PaymentProvider {
  /** Makes an intent that takes no money yet; the same attempt gives the same intent. */
  createIntent(request: CreateIntent): Promise<CreateAnswer>;
  /** Takes the money. @param key the same key never takes it twice */
  confirmIntent(intentId: string, key: string): Promise<IntentAnswer>;
  retrieveIntent(intentId: string): Promise<IntentAnswer>;
  /** After this has answered `cancelled` the intent can never take money. */
  cancelIntent(intentId: string): Promise<IntentAnswer>;
  /** Pays money back; the same attempt does so once. */
  createRefund(request: CreateRefund): Promise<RefundAnswer>;
  /** Everything that was paid back of an intent, or is about to be. */
  listRefunds(intentId: string): Promise<readonly ProviderRefund[] | 'unknown'>;
}

export interface ProviderStatement {
  /**
   * Money taken and paid back from `sinceMs` on.
   * @throws AppError unavailable `unavailable` when the provider does not give all of it
   */
  statement(sinceMs: number): AsyncIterable<StatementCharge | StatementRefund>;
}
