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
import { listUnfinished } from './unfinished.ts';

/** A difference between the ledger and the provider's statement, or an order that has not ended. */
export interface Difference {
  readonly code:
    | 'charge-not-booked'
    | 'charge-amount-differs'
    | 'charge-not-at-provider'
    | 'refund-not-booked'
    | 'refund-amount-differs'
    | 'refund-not-at-provider'
    | 'ledger-unbalanced'
    | 'order-unfinished';
  readonly orderId: string | null;
  /**
   * The provider's id if it has one, otherwise the journal's or the order's. The currency of an
   * unbalanced ledger.
   */
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

/** Younger entries may not be booked yet: the deadline settles them. */
const UNDERWAY_MS = 15 * 60 * 1000;

/**
 * Compares the ledger with the provider's statement from `sinceMs` on, in both directions, and lists
 * orders that should have ended long ago, however old. Changes nothing. The worker runs it daily for
 * the last two days; `npm run reconcile -- <variant>` prints the differences.
 *
 * A journal that is missing on the statement is looked up at the provider by its id, because the two
 * may have recorded the same operation on different sides of `sinceMs`.
 * @throws AppError unavailable `unavailable` when the statement cannot be read
 */
export async function reconcile(deps: Deps, sinceMs: number): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  const onStatement = new Set<string>();
  for await (const entry of deps.provider.statement(sinceMs)) {
    if (entry.kind === 'refund' && entry.status !== 'succeeded') continue;
    onStatement.add(nameOf(entry.orderId, entry.kind === 'refund' ? entry.refundId : undefined));
    const code = await (entry.kind === 'charge'
      ? checkCharge(deps, entry)
      : checkRefund(deps, entry));
    if (code !== null) differences.push(differenceOf(code, entry));
  }
  differences.push(...(await journalsNotAtProvider(deps, sinceMs, onStatement)));
  const { sumCents } = await readBalance(deps);
  for (const [currency, cents] of Object.entries(sumCents)) {
    if (cents === 0) continue;
    const detail = `the ledger sums to ${cents} ${currency}`;
    differences.push({ code: 'ledger-unbalanced', orderId: null, id: currency, detail });
  }
  for (const { id, state, createdAt } of await listUnfinished(deps)) {
    const detail = `placed at ${createdAt} and still ${state}`;
    differences.push({ code: 'order-unfinished', orderId: id, id, detail });
  }
  return differences;
}

/** Identifies an operation on both sides: a charge by its order, a refund by its own id. */
const nameOf = (orderId: string | null, refundId: string | null | undefined) =>
  refundId === undefined ? `charge ${orderId}` : `refund ${refundId}`;

function differenceOf(
  code: Difference['code'],
  entry: StatementCharge | StatementRefund,
): Difference {
  const { kind, orderId, amount } = entry;
  const id = entry.kind === 'charge' ? entry.intentId : entry.id;
  const detail = `${kind} of ${amount.amountCents} ${amount.currency} at the provider`;
  return { code, orderId, id, detail };
}

async function checkCharge(
  { orders, clock }: Deps,
  { intentId, orderId, amount, atMs }: StatementCharge,
): Promise<Difference['code'] | null> {
  const order = orderId === null ? undefined : await orders.find(orderId);
  if (order?.intentId !== intentId || order.total === null) return 'charge-not-booked';
  if (!sameMoney(order.total, amount)) return 'charge-amount-differs';
  const underway = order.state === 'charging' && clock.now() - atMs < UNDERWAY_MS;
  return order.state === 'confirmed' || underway ? null : 'charge-not-booked';
}

async function checkRefund(
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

/** Differences for journals that are neither on the statement nor known to the provider. */
async function journalsNotAtProvider(
  { ledger, orders, refunds, provider }: Deps,
  sinceMs: number,
  onStatement: ReadonlySet<string>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const { id, orderId, refundId } of ledger.journals(sinceMs)) {
    if (onStatement.has(nameOf(orderId, refundId))) continue;
    const intentId = (await orders.find(orderId))?.intentId ?? '';
    if (refundId === undefined) {
      const found = await provider.retrieveIntent(intentId);
      if (found !== 'unknown' && found.status === 'succeeded') continue;
      const detail = 'a charge is booked only in the ledger';
      differences.push({ code: 'charge-not-at-provider', orderId, id, detail });
    } else if ((await refunds.find(orderId, refundId))?.state === 'succeeded') {
      const found = await provider.listRefunds(intentId);
      const isPaid =
        found !== 'unknown' &&
        found.some((other) => other.refundId === refundId && other.status === 'succeeded');
      if (isPaid) continue;
      const detail = 'a refund is booked only in the ledger';
      differences.push({ code: 'refund-not-at-provider', orderId, id, detail });
    }
  }
  return differences;
}
