import type { RejectReason, StockAnswer, StockReserved } from '@triptych/events';
import type { CheckoutOrder, Coordinator, Money, Outcome, Stock, Waits } from './ports.ts';

interface Deps {
  catalog: Stock;
  payments: Money;
  waits: Waits;
  coordinator: Pick<Coordinator, 'resume'>;
}

/** The steps of a checkout. Each may run again after a crash, with the same result. */
export interface CheckoutSteps {
  reserveStock(order: CheckoutOrder): Promise<StockAnswer>;
  rejectOrder(command: { orderId: string; reason: RejectReason }): Promise<Outcome>;
  /** `open` when the provider has not decided. */
  chargeOrder(quote: StockReserved['data']): Promise<Outcome>;
  /** Stores the token, so that the end of the order resumes the execution that waits with it. */
  awaitEnd(command: { orderId: string; token: string }): Promise<void>;
  /** Cancels the intent and then the order; confirms an order whose money is taken. */
  settleOrder(orderId: string): Promise<Outcome>;
  commitStock(orderId: string): Promise<void>;
  releaseStock(orderId: string): Promise<void>;
}

/** Binds the steps to the use cases of both contexts. */
export function checkoutSteps({ catalog, payments, waits, coordinator }: Deps): CheckoutSteps {
  return {
    reserveStock: ({ traceparent: _, ...order }) => catalog.answerOrder(order),

    async rejectOrder(command) {
      await payments.rejectOrder(command);
      return payments.findOutcome(command.orderId);
    },

    async chargeOrder(quote) {
      await payments.chargeOrder(quote);
      return payments.findOutcome(quote.orderId);
    },

    async awaitEnd({ orderId, token }) {
      await waits.put(orderId, token);
      // The order may have ended before the token was stored. Then nobody else resumes it.
      const outcome = await payments.findOutcome(orderId);
      if (outcome !== 'open') await coordinator.resume(token, outcome);
    },

    async settleOrder(orderId) {
      await payments.settleOverdue(orderId);
      return payments.findOutcome(orderId);
    },

    commitStock: (orderId) => catalog.commitReservation(orderId),
    releaseStock: (orderId) => catalog.releaseReservation(orderId),
  };
}
