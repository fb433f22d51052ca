import type { Clock, Orders } from './ports.ts';
import { unfinishedBefore } from './unfinished.ts';

/** Together with the time that `settleUnfinished` takes, it fits into the worker's time. */
const BUDGET_MS = 2_000;
/** At most 1 MB each. */
const MAX_PAGES = 10;

interface Deps {
  orders: Pick<Orders, 'listMissing'>;
  clock: Clock;
}

/**
 * Adds orders that should have ended long ago, but are missing on the list of unfinished orders, to it:
 * those that a version without the list has left behind. Runs hourly and continues where the last
 * run stopped, so its cost has a bound whatever the size of the table.
 * @returns the number of orders added
 */
export async function listMissing({ orders, clock }: Deps): Promise<number> {
  const startedMs = clock.now();
  let added = 0;
  for (let page = 0; page < MAX_PAGES && clock.now() - startedMs <= BUDGET_MS; page += 1) {
    const read = await orders.listMissing(unfinishedBefore(clock));
    added += read.added;
    if (read.isEnd) break;
  }
  return added;
}
