import { setTimeout as sleep } from 'node:timers/promises';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { logIn, ShopConnection } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop } from '../../part.ts';
import type { Customer } from './customer.ts';

const FINAL_STATES = ['confirmed', 'cancelled', 'refunded', 'rejected'];
const POLL_MS = 200;
/** After this time, delayed messages such as order deadlines are delivered at once, so that stuck orders finish. */
const DELIVER_DELAYED_AFTER_MS = 3_000;

/** Waits for orders to finish. @returns the orders that did not finish within `withinMs` or are unknown to the shop */
export async function unfinished(
  customer: Customer,
  { shop }: LocalShop,
  ids: readonly string[],
  withinMs: number,
): Promise<string[]> {
  const since = performance.now();
  let left = [...ids];
  while (left.length > 0 && performance.now() - since < withinMs) {
    const states = await Promise.all(left.map((id) => customer.stateOf(id).catch(() => 'unknown')));
    left = left.filter((_, at) => !FINAL_STATES.includes(states[at] ?? ''));
    if (left.length === 0) break;
    if (performance.now() - since > DELIVER_DELAYED_AFTER_MS)
      shop.cloud.services.sqs.deliverDelayedNow();
    await sleep(POLL_MS);
  }
  return left;
}

/** Lists errors in the books: a ledger that does not sum to zero, and differences from the provider's statement. */
export async function bookErrors(target: ComparedTarget, { shop }: LocalShop): Promise<string[]> {
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
