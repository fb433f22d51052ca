import { oneLine } from '@triptych/base/user-error';
import type { Grant } from '@triptych/local-cloud';
import type { JudgedShop } from '../../run/start-judged-shop.ts';
import { checksOf } from './checks-of.ts';
import { firstFailure, IMPATIENT_MS } from './run-checks.ts';

/** A statement of a running shop, or one action of it. */
export interface Withdrawal {
  readonly grant: Grant;
  readonly action?: string;
}

/**
 * Withdraws a statement from a running shop, restarts its stack, and runs the checks that should
 * notice. Then restores it.
 * @returns what failed, by name, or undefined when nothing did
 */
export async function noticed(
  shop: JudgedShop,
  { grant, action }: Withdrawal,
): Promise<string | undefined> {
  const { cloud } = shop;
  const restore = cloud.withdraw(grant, action);
  try {
    return (await restartFailure(shop, grant.stack)) ?? (await checkFailure(shop, grant));
  } finally {
    restore();
    await cloud.restart(grant.stack);
  }
}

async function checkFailure(shop: JudgedShop, grant: Grant): Promise<string | undefined> {
  for (const checks of checksOf(grant)) {
    const failure = await firstFailure(shop, checks, IMPATIENT_MS);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function restartFailure({ cloud }: JudgedShop, stack: string): Promise<string | undefined> {
  try {
    await cloud.restart(stack);
    return undefined;
  } catch (error) {
    return `restart: ${oneLine(error)}`;
  }
}
