import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';
import type { Refund } from './refund.ts';

/**
 * Every account of the ledger; all of them are read together, so that their sum is one moment's
 * sum.
 */
export const accounts = ['provider', 'sales'] as const;
export type Account = (typeof accounts)[number];

/** One side of a booking: positive is owed to us, negative is what we owe or have earned. */
export interface Posting {
  readonly account: Account;
  readonly amountCents: number;
  readonly currency: string;
}

/**
 * An immutable booking. Its id is the key of the operation it books, so the same operation is
 * booked once.
 */
export interface Journal {
  readonly id: string;
  readonly orderId: string;
  /** Of a refund or its reversal; a charge has none. */
  readonly refundId?: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly postings: readonly Posting[];
}

/** The key of the one operation that takes an order's money: at the provider, and in the ledger. */
export function captureKey(orderId: string): string {
  return `order-${orderId}-confirm`;
}

/** Books a charge: the provider owes us what the customer paid. */
export function captureJournal(orderId: string, total: Money, at: string): Journal {
  const { amountCents, currency } = total;
  return balanced({
    id: captureKey(orderId),
    orderId,
    at,
    postings: [
      { account: 'provider', amountCents, currency },
      { account: 'sales', amountCents: -amountCents, currency },
    ],
  });
}

/** The name of a refund's one booking, and of its keys at the provider. */
export function refundKey(refundId: string): string {
  return `refund-${refundId}`;
}

/** Books a refund: what the customer got back the provider no longer owes us. */
export function refundJournal(refund: Refund): Journal {
  return refundBooking(refund, refundKey(refund.id), -refund.amount.amountCents);
}

/** Takes the booking of a refund back that failed after it had succeeded. */
export function refundReversalJournal(refund: Refund): Journal {
  return refundBooking(refund, `${refundKey(refund.id)}-failed`, refund.amount.amountCents);
}

function refundBooking(refund: Refund, id: string, amountCents: number): Journal {
  const { id: refundId, orderId, updatedAt: at } = refund;
  const { currency } = refund.amount;
  return balanced({
    id,
    orderId,
    refundId,
    at,
    postings: [
      { account: 'provider', amountCents, currency },
      { account: 'sales', amountCents: -amountCents, currency },
    ],
  });
}

/**
 * Gives the journal back when its postings are whole cents and sum to zero in each currency.
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
