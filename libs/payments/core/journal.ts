import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';
import type { Refund } from './refund.ts';

/** Every account of the ledger. All are read in one transaction, so that their sum is consistent. */
export const ACCOUNTS = ['provider', 'sales'] as const;
/** `provider`: owed to us by the provider (positive). `sales`: earned (negative). */
export type Account = (typeof ACCOUNTS)[number];

/** One side of a booking. Positive: owed to us. Negative: owed by us, or earned. */
export interface Posting {
  readonly account: Account;
  readonly amountCents: number;
  readonly currency: string;
}

/**
 * An immutable booking. Its id is the key of the operation that it books, so no operation is booked
 * twice.
 */
export interface Journal {
  readonly id: string;
  readonly orderId: string;
  /** Set for a refund and its reversal, absent for a charge. */
  readonly refundId?: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly postings: readonly Posting[];
}

/** Key of the one operation that takes an order's money, at the provider and in the ledger. */
export function captureKey(orderId: string): string {
  return `order-${orderId}-confirm`;
}

/** Books a charge: the provider owes us the amount that the customer paid. */
export function captureJournal(orderId: string, total: Money, at: string): Journal {
  return salesJournal({ id: captureKey(orderId), orderId, at }, total);
}

/** Id of a refund's booking, and prefix of its idempotency keys at the provider. */
export function refundKey(refundId: string): string {
  return `refund-${refundId}`;
}

/** Books a refund: the provider no longer owes us the amount that it paid back. */
export function refundJournal(refund: Refund): Journal {
  const { amountCents, currency } = refund.amount;
  return salesJournal(refundBooking(refund, ''), { amountCents: -amountCents, currency });
}

/** Reverses the booking of a refund that failed after it had succeeded. */
export function refundReversalJournal(refund: Refund): Journal {
  return salesJournal(refundBooking(refund, '-failed'), refund.amount);
}

function refundBooking({ id: refundId, orderId, updatedAt: at }: Refund, suffix: string) {
  return { id: `${refundKey(refundId)}${suffix}`, orderId, refundId, at };
}

function salesJournal(
  booking: Omit<Journal, 'postings'>,
  { amountCents, currency }: Money,
): Journal {
  return balanced({
    ...booking,
    postings: [
      { account: 'provider', amountCents, currency },
      { account: 'sales', amountCents: -amountCents, currency },
    ],
  });
}

/**
 * Returns the journal if its postings are whole cents and sum to zero in each currency.
 * @throws AppError internal `journal-unbalanced`
 */
export function balanced(journal: Journal): Journal {
  const whole = journal.postings.every((posting) => Number.isSafeInteger(posting.amountCents));
  const open = Object.values(sumByCurrency(journal.postings)).some((cents) => cents !== 0);
  if (!whole || open || journal.postings.length < 2) {
    throw new AppError('internal', 'journal-unbalanced', `Journal ${journal.id} does not balance.`);
  }
  return journal;
}

/** Adds up cents per currency. */
export function sumByCurrency(
  amounts: readonly { amountCents: number; currency: string }[],
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { amountCents, currency } of amounts) {
    sums[currency] = (sums[currency] ?? 0) + amountCents;
  }
  return sums;
}
