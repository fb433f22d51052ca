import type { OrderLine } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';
import { type Order, type Refunded, totalOf } from './order.ts';

/** Per order. Keeps the list of refunds short, in the shop and at the provider. */
export const MAX_REFUNDS = 20;

/** `succeeded` can still become `failed`: a bank may return the money days later. */
export type RefundState = 'pending' | 'succeeded' | 'failed';

/**
 * A refund of a confirmed order: pending → succeeded → failed, or pending → failed. Requesting one
 * calls no other service. Its event makes payments ask the provider, and a copy of the event at the deadline
 * asks again, so a crash at any point is repaired. refund-life.test.ts checks this with random orders
 * of messages, lost calls and crashes.
 */
export interface Refund {
  readonly id: string;
  readonly orderId: string;
  readonly amount: Money;
  /** Units that are for sale again once the refund succeeds. */
  readonly restock: readonly OrderLine[];
  readonly state: RefundState;
  /** The provider's code for a failed refund. */
  readonly reason: string | null;
  /** Incremented by every write. Every write is conditional on it. */
  readonly version: number;
  /** Part of the idempotency key of the next attempt at the provider, from 1. */
  readonly attempt: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An admin's request for a refund. */
export interface RefundRequest {
  readonly amountCents: number;
  readonly restock?: readonly OrderLine[];
}

/** A new refund in its first state, in the order's currency. @param at RFC 3339, UTC */
export function newRefund(id: string, order: Order, request: RefundRequest, at: string): Refund {
  const { currency } = order.total ?? order.expectedTotal;
  return {
    id,
    orderId: order.id,
    amount: { amountCents: request.amountCents, currency },
    restock: (request.restock ?? []).map(({ productId, quantity }) => ({ productId, quantity })),
    state: 'pending',
    reason: null,
    version: 1,
    attempt: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** The error for a refund that does not exist. */
export function unknownRefund(id: string): AppError {
  return new AppError('not-found', 'not-found', `Refund ${id} does not exist.`);
}

/**
 * The order's totals with one more refund.
 * @throws AppError conflict `refund-exceeds-captured` | `restock-exceeds-order` |
 *   `too-many-refunds`, internal `order-without-total`
 */
export function addRefund(order: Order, { amount, restock }: Refund): Refunded {
  const { count, cents, restocked } = order.refunded;
  const left = totalOf(order).amountCents - cents;
  if (amount.amountCents > left) {
    const detail = `Only ${left} cents of this order can still be refunded.`;
    throw new AppError('conflict', 'refund-exceeds-captured', detail);
  }
  if (count >= MAX_REFUNDS) {
    const detail = `An order has at most ${MAX_REFUNDS} refunds.`;
    throw new AppError('conflict', 'too-many-refunds', detail);
  }
  const after = { ...restocked };
  for (const { productId, quantity } of restock) {
    after[productId] = (after[productId] ?? 0) + quantity;
    const ordered = order.lines.find((line) => line.productId === productId)?.quantity ?? 0;
    if ((after[productId] ?? 0) > ordered) {
      const detail = `The order does not have that many units of ${productId} to restock.`;
      throw new AppError('conflict', 'restock-exceeds-order', detail);
    }
  }
  return { count: count + 1, cents: cents + amount.amountCents, restocked: after };
}

/**
 * The order's totals after a refund has failed. Units that were restocked stay counted: a refund
 * that succeeded first has put them on sale already.
 */
export function subtractRefund(order: Order, { amount, restock, state }: Refund): Refunded {
  const { count, cents, restocked } = order.refunded;
  const after = { ...restocked };
  if (state === 'pending') {
    for (const { productId, quantity } of restock) {
      after[productId] = (after[productId] ?? 0) - quantity;
    }
  }
  return { count, cents: cents - amount.amountCents, restocked: after };
}
