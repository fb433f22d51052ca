import { sameMoney } from './money.ts';
import type {
  Clock,
  Ledger,
  Orders,
  PaymentProvider,
  ProviderStatement,
  Refunds,
  StatementCharge,
  StatementRefund,
} from './ports.ts';
import { readBalance } from './read-balance.ts';

/** Where our books and the provider's do not say the same. */
export interface Difference {
  readonly code:
    | 'charge-not-booked'
    | 'charge-amount-differs'
    | 'charge-not-at-provider'
    | 'refund-not-booked'
    | 'refund-amount-differs'
    | 'refund-not-at-provider'
    | 'ledger-unbalanced';
  readonly orderId: string | null;
  /** The provider's id where it has one, else ours. */
  readonly id: string;
  readonly detail: string;
}

interface Deps {
  orders: Orders;
  refunds: Refunds;
  ledger: Ledger;
  provider: Pick<PaymentProvider, 'retrieveIntent' | 'listRefunds'> & ProviderStatement;
  clock: Clock;
}

/** What is younger may still be on its way into our books: as long as the deadline takes. */
const UNDERWAY_MS = 15 * 60 * 1000;

/**
 * Compares both books from `sinceMs` on: what the provider took and paid back must be booked here,
 * and what is booked here must be there. It changes nothing. Only what one of the statements misses
 * is asked for one by one, since the two may put it on different sides of `sinceMs`.
 * @throws AppError unavailable `unavailable` when the provider does not give its statement
 */
export async function reconcile(deps: Deps, sinceMs: number): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  const there = new Set<string>();
  for await (const entry of deps.provider.statement(sinceMs)) {
    const { orderId, amount } = entry;
    const isOurs = entry.kind === 'charge' || entry.status === 'succeeded';
    if (!isOurs) continue;
    there.add(entry.kind === 'charge' ? `charge ${orderId}` : `refund ${entry.refundId}`);
    const code = await (entry.kind === 'charge' ? judgeCharge : judgeRefund)(deps, entry as never);
    const id = entry.kind === 'charge' ? entry.intentId : entry.id;
    const detail = `${entry.kind} of ${amount.amountCents} ${amount.currency} at the provider`;
    if (code !== null) differences.push({ code, orderId, id, detail });
  }
  differences.push(...(await bookedOnlyHere(deps, sinceMs, there)));
  const { sumCents } = await readBalance(deps.ledger);
  for (const [currency, cents] of Object.entries(sumCents)) {
    if (cents === 0) continue;
    const detail = `the ledger sums to ${cents} ${currency}`;
    differences.push({ code: 'ledger-unbalanced', orderId: null, id: currency, detail });
  }
  return differences;
}

async function judgeCharge(
  { orders, clock }: Deps,
  { intentId, orderId, amount, atMs }: StatementCharge,
): Promise<Difference['code'] | null> {
  const order = orderId === null ? undefined : await orders.find(orderId);
  if (order?.intentId !== intentId || order.total === null) return 'charge-not-booked';
  if (!sameMoney(order.total, amount)) return 'charge-amount-differs';
  const underway = order.state === 'charging' && clock.now() - atMs < UNDERWAY_MS;
  return order.state === 'confirmed' || underway ? null : 'charge-not-booked';
}

async function judgeRefund(
  { refunds, clock }: Deps,
  { orderId, refundId, amount, atMs }: StatementRefund,
): Promise<Difference['code'] | null> {
  if (orderId === null || refundId === null) return 'refund-not-booked';
  const refund = await refunds.find(orderId, refundId);
  if (!refund) return 'refund-not-booked';
  if (!sameMoney(refund.amount, amount)) return 'refund-amount-differs';
  const underway = refund.state === 'pending' && clock.now() - atMs < UNDERWAY_MS;
  return refund.state === 'succeeded' || underway ? null : 'refund-not-booked';
}

/** Bookings that the statement does not have, and that the provider does not know when asked. */
async function bookedOnlyHere(
  { ledger, orders, refunds, provider }: Deps,
  sinceMs: number,
  there: ReadonlySet<string>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const { id, orderId, refundId } of ledger.journals(sinceMs)) {
    const name = refundId === undefined ? `charge ${orderId}` : `refund ${refundId}`;
    if (there.has(name)) continue;
    const intentId = (await orders.find(orderId))?.intentId ?? '';
    if (refundId === undefined) {
      const found = await provider.retrieveIntent(intentId);
      if (found !== 'unknown' && found.status === 'succeeded') continue;
      const detail = 'a charge is booked here alone';
      differences.push({ code: 'charge-not-at-provider', orderId, id, detail });
    } else if ((await refunds.find(orderId, refundId))?.state === 'succeeded') {
      const found = await provider.listRefunds(intentId);
      const same = (other: { refundId: string | null }) => other.refundId === refundId;
      if (found !== 'unknown' && found.some((other) => same(other) && other.status === 'succeeded'))
        continue;
      const detail = 'a refund is booked here alone';
      differences.push({ code: 'refund-not-at-provider', orderId, id, detail });
    }
  }
  return differences;
}
