import { stampEvent } from '@triptych/platform/outbox';
import {
  type AccountBalance,
  type HandledReports,
  type IdempotencyRecord,
  type IdempotencyRecords,
  type IdempotencyScope,
  isFinished,
  type Journal,
  type Ledger,
  type Order,
  type OrderPage,
  type OrderPosition,
  type OrderQuery,
  type Orders,
  type PaymentsEventDraft,
  REPORT_TTL_MS,
  type Refund,
  type Refunds,
} from '../core/index.ts';

/** Runs before each call. Can delay it, fail it, or make it fail after it was carried out. */
export type Interference = (call: string) => Promise<{ failAfter?: boolean }>;

export interface InMemoryStores {
  orders: Orders;
  idempotency: IdempotencyRecords;
  reports: HandledReports;
  ledger: Ledger;
  refunds: Refunds;
  /** The stored records, for assertions. */
  ordersById: Map<string, Order>;
  /** Ids of orders that an earlier version placed, without listing them as unfinished. */
  unlisted: Set<string>;
  allRefunds(): readonly Refund[];
  journals: Map<string, Journal>;
  /** Committed events, oldest first. */
  events: PaymentsEventDraft[];
}

/** The records of one transaction, and whether its conditions hold. */
interface Writes {
  readonly holds: boolean;
  readonly order?: Order | undefined;
  readonly refund?: Refund;
  readonly idempotency?: IdempotencyRecord | undefined;
  readonly journal?: Journal | undefined;
  readonly events: readonly PaymentsEventDraft[];
  /** Idempotency records that have expired by then are overwritten. RFC 3339, UTC. */
  readonly at: string;
}

/** In-memory stores. They satisfy the same contracts as the DynamoDB adapters. */
export function inMemoryStores(nowMs: () => number, interfere: Interference): InMemoryStores {
  const ordersById = new Map<string, Order>();
  const refundsByKey = new Map<string, Refund>();
  const journals = new Map<string, Journal>();
  const events: PaymentsEventDraft[] = [];
  const records = new Map<string, IdempotencyRecord>();
  const reportExpiries = new Map<string, number>();
  const unlisted = new Set<string>();
  let lastTried: OrderPosition | null = null;

  async function call<T>(name: string, work: () => T): Promise<T> {
    const { failAfter } = await interfere(name);
    const result = structuredClone(work());
    if (failAfter) throw new Error(`${name}: the answer was lost`);
    return result;
  }

  const isUnchanged = ({ id, state, version }: Order) => {
    const stored = ordersById.get(id);
    return stored?.state === state && stored.version === version;
  };
  const liveRecord = (scope: IdempotencyScope, atMs: number) => {
    const record = records.get(recordKey(scope));
    return record && isLive(record.expiresAtMs, atMs) ? record : undefined;
  };

  /** Writes everything, or nothing if a condition does not hold. */
  function transact({ holds, order, refund, idempotency, journal, ...rest }: Writes): boolean {
    for (const draft of rest.events)
      stampEvent<string, unknown>(draft, { id: 'unused', occurredAt: rest.at });
    if (!holds) return false;
    if (idempotency && liveRecord(idempotency.scope, Date.parse(rest.at))) return false;
    if (journal && journals.has(journal.id)) return false;
    if (order) ordersById.set(order.id, order);
    if (refund) refundsByKey.set(refundKeyOf(refund.orderId, refund.id), refund);
    if (idempotency) records.set(recordKey(idempotency.scope), idempotency);
    if (journal) journals.set(journal.id, journal);
    events.push(...rest.events);
    return true;
  }

  const unfinishedBefore = (placedBefore: string) =>
    [...ordersById.values()].filter(
      (order) => !isFinished(order) && order.createdAt < placedBefore,
    );

  return {
    ordersById,
    unlisted,
    allRefunds: () => [...refundsByKey.values()],
    journals,
    events,
    orders: {
      place: ({ order, ...rest }) =>
        call('place', () =>
          transact({ ...rest, order, holds: !ordersById.has(order.id), at: order.createdAt }),
        ),
      find: (orderId) => call('find', () => ordersById.get(orderId)),
      commit: ({ from, to, ...rest }) =>
        call('commit', () =>
          transact({ ...rest, order: to, holds: isUnchanged(from), at: to.updatedAt }),
        ),
      page: (query) => call('page', () => ordersPage([...ordersById.values()], query)),
      unfinished: ({ placedBefore, limit, after = null }) =>
        call('unfinished', () =>
          unfinishedBefore(placedBefore)
            .filter(({ id }) => !unlisted.has(id))
            .filter((order) => after === null || byAge(after, order) < 0)
            .toSorted(byAge)
            .slice(0, limit),
        ),
      listMissing: (placedBefore) =>
        call('list-missing', () => {
          const missing = unfinishedBefore(placedBefore).filter(({ id }) => unlisted.delete(id));
          return { added: missing.length, isEnd: true };
        }),
      lastTried: () => call('last-tried', () => lastTried),
      saveLastTried: ({ createdAt, id }) =>
        call('save-last-tried', () => {
          lastTried = { createdAt, id };
        }),
    },
    refunds: {
      find: (orderId, refundId) =>
        call('find-refund', () => refundsByKey.get(refundKeyOf(orderId, refundId))),
      of: (orderId) =>
        call('refunds-of', () =>
          [...refundsByKey.values()].filter((refund) => refund.orderId === orderId).toSorted(byAge),
        ),
      commit: ({ from, to, order, ...rest }) =>
        call('commit-refund', () => {
          const stored = refundsByKey.get(refundKeyOf(to.orderId, to.id));
          const holds = stored?.version === from?.version && (!order || isUnchanged(order.from));
          return transact({ ...rest, refund: to, order: order?.to, holds, at: to.createdAt });
        }),
    },
    idempotency: {
      find: (scope) => call('find-record', () => liveRecord(scope, nowMs())),
    },
    reports: {
      has: (eventId) => call('has-report', () => isLive(reportExpiries.get(eventId) ?? 0, nowMs())),
      add: (eventId) =>
        call('add-report', () => {
          if (isLive(reportExpiries.get(eventId) ?? 0, nowMs())) return;
          reportExpiries.set(eventId, nowMs() + REPORT_TTL_MS);
        }),
    },
    ledger: {
      balances: () => call('balances', () => balancesOf(journals.values())),
      async *journals(sinceMs) {
        yield* [...journals.values()].filter(({ at }) => Date.parse(at) >= sinceMs);
      },
    },
  };
}

/** To the second, like a table's TTL. */
const isLive = (expiresAtMs: number, atMs: number) =>
  Math.floor(expiresAtMs / 1000) > Math.floor(atMs / 1000);

const recordKey = ({ accountId, operation, key }: IdempotencyScope) =>
  JSON.stringify([accountId, operation, key]);

const refundKeyOf = (orderId: string, refundId: string) => `${orderId}/${refundId}`;

const byAge = (a: OrderPosition, b: OrderPosition) =>
  a.createdAt === b.createdAt ? compare(a.id, b.id) : compare(a.createdAt, b.createdAt);

const compare = (a: string, b: string) => (a < b ? -1 : 1);

/** A full page always has a `next`, like a DynamoDB query, even if no orders follow. */
function ordersPage(orders: Order[], { accountId, limit, after }: OrderQuery): OrderPage {
  const position = ({ createdAt, id }: Order) => `${createdAt}#${id}`;
  const found = orders
    .filter((order) => order.accountId === accountId)
    .filter((order) => after === null || position(order) < after)
    .toSorted((a, b) => compare(position(b), position(a)))
    .slice(0, limit);
  const last = found.at(-1);
  return { orders: found, next: last && found.length === limit ? position(last) : null };
}

function balancesOf(journals: Iterable<Journal>): AccountBalance[] {
  const sums = new Map<string, AccountBalance>();
  for (const { postings } of journals) {
    for (const { account, currency, amountCents } of postings) {
      const id = `${account} ${currency}`;
      const balanceCents = (sums.get(id)?.balanceCents ?? 0) + amountCents;
      sums.set(id, { account, currency, balanceCents });
    }
  }
  return [...sums.values()];
}
