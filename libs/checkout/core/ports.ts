import type { OrderPlaced, RejectReason, StockAnswer, StockReserved } from '@triptych/events';

/** How an order has ended; `open` if it has not. */
export type Outcome = 'confirmed' | 'rejected' | 'cancelled' | 'open';

/** The order that a coordinator takes through its checkout, as `order.placed` announces it. */
export type CheckoutOrder = OrderPlaced['data'] & {
  /** W3C Trace Context of the event, so that all steps are in the trace of the request. */
  readonly traceparent?: string;
};

/** Catalog's use cases. Each is idempotent. */
export interface Stock {
  answerOrder(order: OrderPlaced['data']): Promise<StockAnswer>;
  commitReservation(orderId: string): Promise<void>;
  releaseReservation(orderId: string): Promise<void>;
}

/** Payments' use cases. Each is idempotent. */
export interface Money {
  chargeOrder(quote: StockReserved['data']): Promise<unknown>;
  rejectOrder(command: { orderId: string; reason: RejectReason }): Promise<unknown>;
  settleOverdue(orderId: string): Promise<unknown>;
  findOutcome(orderId: string): Promise<Outcome>;
}

/** The tokens with which executions wait for the end of their orders. Reads are consistent. */
export interface Waits {
  /** Replaces an earlier token of the order. */
  put(orderId: string, token: string): Promise<void>;
  find(orderId: string): Promise<string | undefined>;
}

/** What runs the checkout of each order to its end, across crashes and deployments. */
export interface Coordinator {
  /** Starts the checkout of an order. Idempotent. */
  start(order: CheckoutOrder): Promise<void>;
  /** Resumes the execution that waits with this token. Does nothing if it no longer waits. */
  resume(token: string, outcome: Outcome): Promise<void>;
}
