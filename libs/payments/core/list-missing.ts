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
 * Adds to the list of unfinished orders those that should have ended long ago and are missing from it
 * because a version without the list placed them. Runs hourly and continues where the last run
 * stopped, so the cost of a run does not grow with the table.
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
