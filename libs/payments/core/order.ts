import type { CancelReason, OrderLine, QuotedLine, RejectReason } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';
import type { Refunded } from './refund.ts';

/** Where an order stands; the arrows between these are in transitions.ts. */
export type OrderState =
  | 'placed'
  | 'reserved'
  | 'charging'
  | 'confirmed'
  | 'rejected'
  | 'cancelled';

/** One step of an order's life, as the customer sees it in the history. */
export interface OrderStep {
  readonly state: OrderState;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Name and price are there once the catalog has quoted them; they are frozen for this order. */
export type PricedLine = OrderLine & Partial<Pick<QuotedLine, 'name' | 'unitPriceCents'>>;

export interface Order {
  readonly id: string;
  readonly accountId: string;
  readonly state: OrderState;
  /** Counts writes; every write is conditional on it. */
  readonly version: number;
  readonly reason: RejectReason | CancelReason | null;
  readonly lines: readonly PricedLine[];
  /** What the customer agreed to pay. */
  readonly expectedTotal: Money;
  /** What the catalog's prices add up to: null until the stock is reserved. */
  readonly total: Money | null;
  /** The provider's name of the card. Never card data. */
  readonly paymentMethod: string;
  /**
   * The provider's intent that may take the money: at most one is ever stored, and only that is
   * confirmed.
   */
  readonly intentId: string | null;
  /** Number in the idempotency key of the next try at making an intent, from 1. */
  readonly intentAttempt: number;
  /** What its refunds add up to; absent until the first. */
  readonly refunded?: Refunded;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly history: readonly OrderStep[];
}

/** What a customer sends to place an order. */
export interface OrderRequest {
  readonly lines: readonly OrderLine[];
  readonly expectedTotal: Money;
  readonly paymentMethod: string;
}

/** A new order in its first state. @param at RFC 3339, UTC */
export function newOrder(id: string, accountId: string, request: OrderRequest, at: string): Order {
  return {
    id,
    accountId,
    state: 'placed',
    version: 1,
    reason: null,
    lines: request.lines.map(({ productId, quantity }) => ({ productId, quantity })),
    expectedTotal: request.expectedTotal,
    total: null,
    paymentMethod: request.paymentMethod,
    intentId: null,
    intentAttempt: 1,
    createdAt: at,
    updatedAt: at,
    history: [{ state: 'placed', at }],
  };
}

/** Nothing that arrives later changes a finished order. */
export function isFinished(order: Order): boolean {
  return order.state === 'confirmed' || order.state === 'rejected' || order.state === 'cancelled';
}

/**
 * What the catalog's prices add up to; every order that is reserved has it.
 * @throws AppError internal `order-without-total`
 */
export function totalOf({ id, total }: Order): Money {
  if (total !== null) return total;
  throw new AppError('internal', 'order-without-total', `Order ${id} has no total.`);
}

/**
 * A product may be in a list of lines once. @param path where the list is in the request
 * @throws AppError validation `validation`, naming the lines that repeat one
 */
export function refuseRepeatedProducts(lines: readonly OrderLine[], path: string): void {
  const seen = new Set<string>();
  const fields = lines.flatMap(({ productId }, index) => {
    const again = seen.has(productId);
    seen.add(productId);
    return again ? [{ path: `${path}/${index}/productId`, message: 'is in the list twice' }] : [];
  });
  if (fields.length > 0) {
    throw new AppError('validation', 'validation', 'A product may be in the list once.', {
      fields,
    });
  }
}
