import type { CancelReason, OrderLine, QuotedLine, RejectReason } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';

/** The states of an order. transitions.ts defines which transitions exist. */
export type OrderState =
  | 'placed'
  | 'reserved'
  | 'charging'
  | 'confirmed'
  | 'rejected'
  | 'cancelled';

/** One entry of the history that the customer sees. */
export interface OrderStep {
  readonly state: OrderState;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Catalog's quote sets name and price. They never change afterwards. */
export type PricedLine = OrderLine & Partial<Pick<QuotedLine, 'name' | 'unitPriceCents'>>;

/**
 * Totals of an order's refunds that have not failed. They are part of the order, so its conditional
 * write enforces the limits when requests run concurrently.
 */
export interface Refunded {
  /** Number of refunds, including failed ones. */
  readonly count: number;
  readonly cents: number;
  /** Quantity by product id. */
  readonly restocked: Readonly<Record<string, number>>;
}

export interface Order {
  readonly id: string;
  readonly accountId: string;
  readonly state: OrderState;
  /** Incremented by every write. Every write is conditional on it. */
  readonly version: number;
  readonly reason: RejectReason | CancelReason | null;
  /** The provider's own code for the reason, such as a decline code. Absent if it gave none. */
  readonly providerCode?: string;
  readonly lines: readonly PricedLine[];
  /** The total that the customer agreed to pay. */
  readonly expectedTotal: Money;
  /** The total at catalog's prices. Null until the stock is reserved. */
  readonly total: Money | null;
  /** The provider's id of the card. Never card data. */
  readonly paymentMethod: string;
  /**
   * The provider's intent that may take the money. An order stores at most one, and only a stored
   * intent is ever confirmed. Every order that is charging has one; see create-intent.ts for orders
   * of earlier versions.
   */
  readonly intentId: string | null;
  /** Part of the idempotency key of the next attempt to create an intent, from 1. */
  readonly intentAttempt: number;
  /** Totals of the order's refunds. */
  readonly refunded: Refunded;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly history: readonly OrderStep[];
}

/** The totals of an order without refunds. */
export const NOT_REFUNDED: Refunded = { count: 0, cents: 0, restocked: {} };

/** The customer's request to place an order. */
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
    refunded: NOT_REFUNDED,
    createdAt: at,
    updatedAt: at,
    history: [{ state: 'placed', at }],
  };
}

/** True for a final state: no later message changes the order's state. */
export function isFinished(order: Order): boolean {
  return order.state === 'confirmed' || order.state === 'rejected' || order.state === 'cancelled';
}

/**
 * The total at catalog's prices. Every order that has been reserved has one.
 * @throws AppError internal `order-without-total`
 */
export function totalOf({ id, total }: Order): Money {
  if (total !== null) return total;
  throw new AppError('internal', 'order-without-total', `Order ${id} has no total.`);
}

/** The error for an order that does not exist or that the caller must not see. */
export function unknownOrder(): AppError {
  return new AppError('not-found', 'not-found', 'There is no such order.');
}

/**
 * Checks that no product appears twice. @param path JSON pointer to the list in the request
 * @throws AppError validation `validation`, with a field for each repeated line
 */
export function rejectRepeatedProducts(lines: readonly OrderLine[], path: string): void {
  const seen = new Set<string>();
  const fields = lines.flatMap(({ productId }, index) => {
    const repeated = seen.has(productId);
    seen.add(productId);
    return repeated
      ? [{ path: `${path}/${index}/productId`, message: 'is in the list twice' }]
      : [];
  });
  if (fields.length > 0) {
    throw new AppError('validation', 'validation', 'List each product only once.', { fields });
  }
}
