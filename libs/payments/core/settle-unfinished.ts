import type { Progress } from './drive-record.ts';
import type { Order } from './order.ts';
import type { Clock, Orders, PaymentProvider } from './ports.ts';
import { settleOverdue } from './settle-overdue.ts';
import { listUnfinished } from './unfinished.ts';

/** Leaves the worker time for a last order, which can wait for two time-outs of the provider. */
const BUDGET_MS = 2_000;

interface Deps {
  orders: Orders;
  provider: PaymentProvider;
  clock: Clock;
}

/** An order that has still not ended. `error` is the error with which its settling failed, if it did. */
export interface UnsettledOrder {
  readonly order: Order;
  readonly error?: unknown;
}

/**
 * Settles orders that should have ended long ago, whose deadline was lost or never decided. Runs
 * hourly. A run that takes too long leaves the rest to the next one, which begins after the last
 * order that was tried: orders that fail or wait for the provider do not keep others from ending.
 * @returns the orders that have still not ended
 */
export async function settleUnfinished(deps: Deps): Promise<readonly UnsettledOrder[]> {
  const startedMs = deps.clock.now();
  const left: UnsettledOrder[] = [];
  for (const order of await listUnfinished(deps, await deps.orders.lastTried())) {
    if (deps.clock.now() - startedMs > BUDGET_MS) {
      left.push({ order });
      continue;
    }
    // Saved first, so that an order that ends the process is not the first of the next run again.
    await deps.orders.saveLastTried(order);
    const outcome = await settle(deps, order.id);
    if (outcome !== 'settled') {
      left.push(outcome === 'undecided' ? { order } : { order, error: outcome.error });
    }
  }
  return left;
}

async function settle(deps: Deps, orderId: string): Promise<Progress | { error: unknown }> {
  try {
    return await settleOverdue(deps, orderId);
  } catch (error) {
    return { error };
  }
}
