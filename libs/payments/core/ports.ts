import type { ChargeLimits } from '@triptych/events';
import type { PaymentsEventDraft } from './event-drafts.ts';
import type { IdempotencyRecord, IdempotencyScope } from './idempotency.ts';
import type { Account, Journal } from './journal.ts';
import type { Money } from './money.ts';
import type { Order } from './order.ts';
import type { Refund } from './refund.ts';
import type { RefundChange } from './refund-changes.ts';
import type { Change } from './transitions.ts';

export type { ChargeLimits };

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Ids {
  next(): string;
}

/** SHA-256, in hex, of the canonical JSON (RFC 8785) of a value. */
export type Fingerprint = (value: unknown) => string;

/** The records that one transaction writes when an order is placed. */
export interface Placement {
  readonly order: Order;
  readonly events: readonly PaymentsEventDraft[];
  readonly idempotency: IdempotencyRecord;
}

/** Reads are consistent. Each write is one transaction. */
export interface Orders {
  /**
   * False, with nothing written, when the idempotency key is taken at the order's `createdAt` or the
   * order exists.
   */
  place(placement: Placement): Promise<boolean>;
  find(orderId: string): Promise<Order | undefined>;
  /**
   * False, with nothing written, when the order no longer has the state and version of `from` or the
   * journal exists.
   */
  commit(change: Change): Promise<boolean>;
  /** An account's orders, newest first. Reads an index, which may lag behind by a moment. */
  page(query: OrderQuery): Promise<OrderPage>;
  /** Orders on the list of unfinished orders that have not ended, oldest first. */
  unfinished(query: UnfinishedQuery): Promise<readonly Order[]>;
  /**
   * Reads the next page of all records, and adds its unfinished orders to the list of unfinished orders
   * if they are missing from it. A call after the last page starts over.
   * @param placedBefore RFC 3339, UTC. Younger orders are left alone
   */
  listMissing(placedBefore: string): Promise<{ readonly added: number; readonly isEnd: boolean }>;
  /** The unfinished order that was last tried; null before the first. */
  lastTried(): Promise<OrderPosition | null>;
  saveLastTried(position: OrderPosition): Promise<void>;
}

/** The place of an order among all orders by age. */
export type OrderPosition = Pick<Order, 'createdAt' | 'id'>;

export interface UnfinishedQuery {
  /** RFC 3339, UTC. */
  readonly placedBefore: string;
  readonly limit: number;
  /** Lists only younger orders than this one. */
  readonly after?: OrderPosition | null;
}

export interface OrderQuery {
  readonly accountId: string;
  readonly limit: number;
  /** `next` of the previous page; null for the first page. */
  readonly after: string | null;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  /** Null on the last page. The last page may be empty. */
  readonly next: string | null;
}

/** Reads are consistent. Each write is one transaction. */
export interface Refunds {
  find(orderId: string, refundId: string): Promise<Refund | undefined>;
  /** All refunds of an order, oldest first. */
  of(orderId: string): Promise<readonly Refund[]>;
  /**
   * False, with nothing written, when the refund or the order was written since it was read, the
   * journal exists, or the idempotency key is taken at the refund's `createdAt`.
   */
  commit(change: RefundChange): Promise<boolean>;
}

export interface IdempotencyRecords {
  /** The record of this scope. An expired record counts as absent. */
  find(scope: IdempotencyScope): Promise<IdempotencyRecord | undefined>;
}

export interface AccountBalance {
  readonly account: Account;
  readonly currency: string;
  readonly balanceCents: number;
}

export interface Ledger {
  /** The balances at one moment: one row per account and currency that was ever posted to. */
  balances(): Promise<readonly AccountBalance[]>;
  /** All journals from `sinceMs` on, in no particular order. Costs a few reads per day. */
  journals(sinceMs: number): AsyncIterable<Journal>;
}

/** The provider's events that have been handled. Remembered for 30 days. */
export interface HandledReports {
  has(eventId: string): Promise<boolean>;
  /** Idempotent. Adding an event again does not extend its time. */
  add(eventId: string): Promise<void>;
}

/** The provider's record of an attempt to take money. */
export interface Intent {
  readonly id: string;
  /** From the intent's metadata. Null for an intent that this shop did not create. */
  readonly orderId: string | null;
  /** `open` can still be confirmed or cancelled. `succeeded`, `declined` and `cancelled` are final. */
  readonly status: 'open' | 'processing' | 'succeeded' | 'declined' | 'cancelled';
  /**
   * The provider's code for the reason why the card was declined, or why somebody other than this shop
   * cancelled the intent.
   */
  readonly code?: string;
  readonly amount: Money;
}

/** `unknown` does not mean failed: the call may have been carried out. */
export type IntentAnswer = Intent | 'unknown';

/** The provider will never accept this request. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  /** The part of an intent's request that the provider names. Absent for the payment method. */
  readonly about?: 'amount' | 'currency';
}

/** The answer to a creation that did not succeed. */
export type NotCreated =
  | Refused
  /** `keySpent`: the provider has stored a fault under this idempotency key and replays it. */
  | { readonly kind: 'unknown'; readonly keySpent: boolean };

/** Refused: a payment method, an amount or a currency that the provider does not accept. */
export type CreateAnswer = { readonly kind: 'created'; readonly intent: Intent } | NotCreated;

export interface CreateIntent {
  readonly orderId: string;
  readonly attempt: number;
  readonly amount: Money;
  readonly paymentMethod: string;
}

/** The provider's record of a refund. */
export interface ProviderRefund {
  readonly id: string;
  readonly intentId: string | null;
  /** Both ids are from the refund's metadata. Null for a refund that this shop did not make. */
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

/** Refused: no money was taken, or not enough of it is left. */
export type RefundAnswer =
  | { readonly kind: 'created'; readonly refund: ProviderRefund }
  | NotCreated;

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

/** No method throws when the provider fails or does not answer; the answers express that. */
export interface PaymentProvider {
  /** The smallest and the largest amount of one charge. A local lookup. */
  chargeLimits(currency: string): ChargeLimits;
  /** Creates an intent, which takes no money yet. The same attempt returns the same intent. */
  createIntent(request: CreateIntent): Promise<CreateAnswer>;
  /** Takes the money. @param key idempotency key */
  confirmIntent(intentId: string, key: string): Promise<IntentAnswer>;
  retrieveIntent(intentId: string): Promise<IntentAnswer>;
  /** `unknown` for an intent that cannot be cancelled. A cancelled intent can never take money. */
  cancelIntent(intentId: string): Promise<IntentAnswer>;
  /** Pays money back. The same attempt returns the same refund. */
  createRefund(request: CreateRefund): Promise<RefundAnswer>;
  /** All refunds of an intent, pending and failed ones included, newest first. */
  listRefunds(intentId: string): Promise<readonly ProviderRefund[] | 'unknown'>;
}

export interface ProviderStatement {
  /**
   * Charges and refunds from `sinceMs` on, to the second: first the charges, then the refunds, each
   * newest first.
   * @throws AppError unavailable `unavailable` when the statement cannot be read completely
   */
  statement(sinceMs: number): AsyncIterable<StatementCharge | StatementRefund>;
}
