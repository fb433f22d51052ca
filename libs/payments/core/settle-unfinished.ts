import type { Order } from './order.ts';
import type { Clock, Orders, PaymentProvider } from './ports.ts';
import { settleOverdue } from './settle-overdue.ts';
import { listUnfinished } from './unfinished.ts';

/** Leaves the worker time for a last order, which can wait for two time-outs of the provider. */
const BUDGET_MS = 4_000;

interface Deps {
  orders: Orders;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * Settles orders that should have ended long ago, whose deadline was lost or never decided. Runs
 * hourly; a run that takes too long leaves the rest to the next one.
 * @returns the orders that have still not ended
 */
export async function settleUnfinished(deps: Deps): Promise<readonly Order[]> {
  const startedMs = deps.clock.now();
  const left: Order[] = [];
  for (const order of await listUnfinished(deps)) {
    const isLate = deps.clock.now() - startedMs > BUDGET_MS;
    // A settled order needs no report, and one that fails must not keep the others from ending.
    const progress = isLate
      ? 'undecided'
      : await settleOverdue(deps, order.id).catch(() => 'failed');
    if (progress !== 'settled') left.push(order);
  }
  return left;
}
