import { setTimeout as sleep } from 'node:timers/promises';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { logIn, ShopConnection } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop } from '../../part.ts';
import type { Customer } from './customer.ts';

const ended = ['confirmed', 'cancelled', 'refunded', 'rejected'];
const lookEveryMs = 200;
/** What a fault left in flight comes back late; an order's deadline, delivered now, settles it before. */
const byItselfMs = 3_000;

/**
 * Waits for orders to end. @returns those that did not within `withinMs`, or that the shop does not know
 */
export async function unended(
  customer: Customer,
  { shop }: LocalShop,
  ids: readonly string[],
  withinMs: number,
): Promise<string[]> {
  const since = performance.now();
  let left = [...ids];
  while (left.length > 0 && performance.now() - since < withinMs) {
    const states = await Promise.all(left.map((id) => customer.stateOf(id).catch(() => 'unknown')));
    left = left.filter((_, at) => !ended.includes(states[at] ?? ''));
    if (left.length === 0) break;
    if (performance.now() - since > byItselfMs) shop.cloud.services.sqs.deliverDelayedNow();
    await sleep(lookEveryMs);
  }
  return left;
}

/** What is wrong in the books: a ledger that does not sum to zero, a difference to the provider's statement. */
export async function wrongInBooks(target: ComparedTarget, { shop }: LocalShop): Promise<string[]> {
  const { admin, baseUrl, variant } = target;
  const connection = new ShopConnection(baseUrl);
  try {
    const { token } = await logIn(connection, admin);
    const { body } = await connection.ask({
      method: 'GET',
      path: '/payments/ledger/balance',
      headers: { authorization: `Bearer ${token}` },
    });
    const { sumCents } = JSON.parse(body.toString()) as { sumCents: Record<string, number> };
    const sums = Object.entries(sumCents).filter(([, cents]) => cents !== 0);
    const { endpointUrl } = shop.cloud;
    const differences = await reconcileVariant({ variant, days: 1, endpointUrl });
    return [
      ...sums.map(([currency, cents]) => `the ledger sums to ${cents} ${currency} cents`),
      ...differences.map(({ code, id }) => `${code} ${id}`),
    ];
  } finally {
    connection.close();
  }
}
