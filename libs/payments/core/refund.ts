import type { OrderLine } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';
import { type Order, totalOf } from './order.ts';

/** So that an order's refunds are one short list, with us and at the provider. */
export const MAX_REFUNDS = 20;

/** `succeeded` may still become `failed`: a bank can send the money back days later. */
export type RefundState = 'pending' | 'succeeded' | 'failed';

export interface Refund {
  readonly id: string;
  readonly orderId: string;
  readonly amount: Money;
  /** What is for sale again once the money is paid back. */
  readonly restock: readonly OrderLine[];
  readonly state: RefundState;
  /** Why it failed: the provider's code. */
  readonly reason: string | null;
  /** Counts writes; every write is conditional on it. */
  readonly version: number;
  /** Number in the idempotency key of the next try at the provider, from 1. */
  readonly attempt: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What an admin sends to have money paid back. */
export interface RefundRequest {
  readonly amountCents: number;
  readonly restock?: readonly OrderLine[];
}

/**
 * What an order's refunds, those that have not failed, add up to. It is part of the order, so that
 * the order's conditional write holds the bound however many ask at once.
 */
export interface Refunded {
  /** Of all refunds, failed ones included. */
  readonly count: number;
  readonly cents: number;
  /** Quantity by product. */
  readonly restocked: Readonly<Record<string, number>>;
}

/** What has been refunded so far; an order starts without. */
export function refundedOf({ refunded }: Order): Refunded {
  return refunded ?? { count: 0, cents: 0, restocked: {} };
}

/**
 * What the order's refunds add up to with one more.
 * @throws AppError conflict `refund-exceeds-captured` | `restock-exceeds-order` | `too-many-refunds`
 */
export function addRefund(order: Order, { amount, restock }: Refund): Refunded {
  const { count, cents, restocked } = refundedOf(order);
  if (cents + amount.amountCents > totalOf(order).amountCents) {
    const left = totalOf(order).amountCents - cents;
    const detail = `Of this order ${left} cents are left to refund.`;
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
      const detail = `More of ${productId} would come back than was ordered.`;
      throw new AppError('conflict', 'restock-exceeds-order', detail);
    }
  }
  return { count: count + 1, cents: cents + amount.amountCents, restocked: after };
}

/** What the order's refunds add up to after one has failed. Restocked goods that are back stay back. */
export function takeRefundBack(order: Order, { amount, restock, state }: Refund): Refunded {
  const { count, cents, restocked } = refundedOf(order);
  const after = { ...restocked };
  if (state === 'pending') {
    for (const { productId, quantity } of restock) {
      after[productId] = (after[productId] ?? 0) - quantity;
    }
  }
  return { count, cents: cents - amount.amountCents, restocked: after };
}
