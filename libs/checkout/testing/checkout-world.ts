import type { RejectReason, StockAnswer } from '@triptych/events';
import type { CheckoutOrder, Coordinator, Money, Outcome, Stock, Waits } from '../core/index.ts';

/** An order of one cup for 12.00 usd. */
export const order: CheckoutOrder = {
  orderId: 'o1',
  accountId: 'ann',
  lines: [{ productId: 'cup', quantity: 1 }],
  expectedTotalCents: 1200,
  currency: 'usd',
};

const quote = {
  orderId: 'o1',
  lines: [{ productId: 'cup', name: 'Cup', quantity: 1, unitPriceCents: 1200 }],
  totalCents: 1200,
  currency: 'usd',
};

/** Both contexts of one order, in memory. Every use case is idempotent, as the real ones are. */
export interface CheckoutWorld {
  readonly catalog: Stock;
  readonly payments: Money;
  readonly waits: Waits;
  readonly coordinator: Pick<Coordinator, 'resume'>;
  /** The names of the use cases that were called, in order. */
  readonly calls: string[];
  /** How many times the card was charged. */
  charges: number;
  outcome: Outcome;
  stock: 'available' | 'held' | 'sold';
  token: string | undefined;
  readonly resumed: [token: string, outcome: Outcome][];
}

export interface WorldOptions {
  readonly rejectedFor?: RejectReason;
  /** How the provider decides, by the number of the attempt. `confirmed` by default. */
  readonly decide?: (attempt: number) => Outcome;
  /** How the order ends when it is settled. `cancelled` by default. */
  readonly settled?: Outcome;
  /** Runs before each use case; may throw. */
  readonly interfere?: (name: string, call: number) => void;
}

export function checkoutWorld(options: WorldOptions = {}): CheckoutWorld {
  const { rejectedFor, decide = () => 'confirmed', settled = 'cancelled' } = options;
  let attempts = 0;
  const called = (name: string) => {
    world.calls.push(name);
    options.interfere?.(name, world.calls.filter((call) => call === name).length);
  };
  const world: CheckoutWorld = {
    calls: [],
    charges: 0,
    outcome: 'open',
    stock: 'available',
    token: undefined,
    resumed: [],
    catalog: {
      async answerOrder(): Promise<StockAnswer> {
        called('answerOrder');
        if (rejectedFor) return { kind: 'rejected', reason: rejectedFor };
        if (world.stock === 'available') world.stock = 'held';
        return { kind: 'reserved', quote };
      },
      async commitReservation() {
        called('commitReservation');
        world.stock = 'sold';
      },
      async releaseReservation() {
        called('releaseReservation');
        if (world.stock === 'held') world.stock = 'available';
      },
    },
    payments: {
      async chargeOrder() {
        called('chargeOrder');
        attempts += 1;
        if (world.outcome !== 'open') return;
        world.outcome = decide(attempts);
        // The provider takes the money of an order once, whatever happens to its answer.
        if (world.outcome === 'confirmed') world.charges += 1;
      },
      async rejectOrder() {
        called('rejectOrder');
        world.outcome = 'rejected';
      },
      async settleOverdue() {
        called('settleOverdue');
        if (world.outcome === 'open') world.outcome = settled;
      },
      findOutcome: async () => world.outcome,
    },
    waits: {
      async put(_orderId, token) {
        called('awaitEnd');
        world.token = token;
      },
      find: async () => world.token,
    },
    coordinator: { resume: async (token, outcome) => void world.resumed.push([token, outcome]) },
  };
  return world;
}
