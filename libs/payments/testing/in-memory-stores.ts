import type {
  Account,
  HandledReports,
  IdempotencyRecord,
  IdempotencyRecords,
  IdempotencyScope,
  Journal,
  Ledger,
  Order,
  Orders,
  PaymentsEventDraft,
  Refund,
  RefundChange,
  Refunds,
} from '../core/index.ts';

/** Waits, or throws instead of the call or after it, as a test likes. */
export type Interference = (call: string) => Promise<{ failAfter?: boolean }>;

/** What the stores hold, open to assertions. */
export interface MemoryStores {
  orders: Orders;
  idempotency: IdempotencyRecords;
  reports: HandledReports;
  ledger: Ledger;
  refunds: Refunds;
  allRefunds: Map<string, Refund>;
  all: Map<string, Order>;
  events: PaymentsEventDraft[];
  journals: Map<string, Journal>;
}

/** Stores in memory with the atomicity of the real ones. */
export function memoryStores(nowMs: () => number, interfere: Interference): MemoryStores {
  const all = new Map<string, Order>();
  const allRefunds = new Map<string, Refund>();
  const events: PaymentsEventDraft[] = [];
  const journals = new Map<string, Journal>();
  const records = new Map<string, IdempotencyRecord>();
  const handled = new Set<string>();

  async function call<T>(name: string, work: () => T): Promise<T> {
    const { failAfter } = await interfere(name);
    const result = structuredClone(work());
    if (failAfter) throw new Error(`${name}: the answer was lost`);
    return result;
  }
  const free = (scope: IdempotencyScope) =>
    (records.get(idOf(scope))?.expiresAtMs ?? 0) <= nowMs() || undefined;

  function commitRefund({ from, to, order, idempotency, journal, events: drafts }: RefundChange) {
    const { version } = allRefunds.get(to.id) ?? {};
    if (version !== from?.version) return false;
    if (order && all.get(order.from.id)?.version !== order.from.version) return false;
    if (idempotency && !free(idempotency.scope)) return false;
    if (journal && journals.has(journal.id)) return false;
    allRefunds.set(to.id, to);
    if (order) all.set(order.to.id, order.to);
    if (idempotency) records.set(idOf(idempotency.scope), idempotency);
    if (journal) journals.set(journal.id, journal);
    events.push(...drafts);
    return true;
  }

  return {
    all,
    allRefunds,
    events,
    journals,
    orders: {
      place: (placement) =>
        call('place', () => {
          const { order, idempotency } = placement;
          if (!free(idempotency.scope) || all.has(order.id)) return false;
          all.set(order.id, order);
          records.set(idOf(idempotency.scope), idempotency);
          events.push(...placement.events);
          return true;
        }),
      find: (orderId) => call('find', () => all.get(orderId)),
      commit: ({ from, to, journal, events: drafts }) =>
        call('commit', () => {
          const now = all.get(from.id);
          if (now?.state !== from.state || now.version !== from.version) return false;
          if (journal && journals.has(journal.id)) return false;
          all.set(to.id, to);
          if (journal) journals.set(journal.id, journal);
          events.push(...drafts);
          return true;
        }),
      page: ({ accountId, limit, after }) =>
        call('page', () => {
          const position = ({ createdAt, id }: Order) => `${createdAt}#${id}`;
          const found = [...all.values()]
            .filter((order) => order.accountId === accountId)
            .filter((order) => after === null || position(order) < after)
            .toSorted((a, b) => (position(a) < position(b) ? 1 : -1));
          const orders = found.slice(0, limit);
          const last = orders.at(-1);
          return { orders, next: found.length > limit && last ? position(last) : null };
        }),
    },
    refunds: {
      find: (orderId, refundId) =>
        call('find-refund', () => {
          const refund = allRefunds.get(refundId);
          return refund?.orderId === orderId ? refund : undefined;
        }),
      of: (orderId) =>
        call('refunds-of', () =>
          [...allRefunds.values()].filter((refund) => refund.orderId === orderId),
        ),
      commit: (change) => call('commit-refund', () => commitRefund(change)),
    },
    idempotency: {
      find: (scope) =>
        call('find-record', () => (free(scope) ? undefined : records.get(idOf(scope)))),
    },
    reports: {
      has: (eventId) => call('has-report', () => handled.has(eventId)),
      add: (eventId) => call('add-report', () => void handled.add(eventId)),
    },
    ledger: {
      balances: () => call('balances', () => balancesOf([...journals.values()])),
      async *journals(sinceMs) {
        yield* [...journals.values()].filter(({ at }) => Date.parse(at) >= sinceMs);
      },
    },
  };
}

const idOf = ({ accountId, operation, key }: IdempotencyScope) =>
  JSON.stringify([accountId, operation, key]);

function balancesOf(journals: Journal[]) {
  const sums = new Map<string, { account: Account; currency: string; balanceCents: number }>();
  for (const { account, currency, amountCents } of journals.flatMap((journal) => [
    ...journal.postings,
  ])) {
    const id = `${account} ${currency}`;
    const balanceCents = (sums.get(id)?.balanceCents ?? 0) + amountCents;
    sums.set(id, { account, currency, balanceCents });
  }
  return [...sums.values()];
}
