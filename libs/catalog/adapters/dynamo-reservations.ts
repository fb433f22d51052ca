import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { EventDraft } from '@triptych/events';
import {
  type DynamoTable,
  putIfAbsentOrExpired,
  readItem,
  updateItem,
} from '@triptych/platform/aws';
import { commitWithEvents, type EventOutlet } from '@triptych/platform/outbox';
import type { Reservation, ReservationStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import { IN_SHOP } from './product-item.ts';

/**
 * Reservations, one item per order. Each write is one transaction with the stock it moves and the
 * events it causes: at most 40 lines, the record and one outbox entry, so 42 of the 100 items that
 * DynamoDB allows.
 */
export function dynamoReservations(options: DynamoTable & EventOutlet): ReservationStore {
  const { table } = options;

  /** Writes the record at position 0, which tells a failed record from a failed stock move. */
  async function commit(
    atMs: number,
    record: TransactWriteItem,
    moves: readonly TransactWriteItem[],
    drafts: readonly EventDraft[],
  ): Promise<'done' | 'record-failed' | 'move-failed'> {
    const occurredAt = new Date(atMs).toISOString();
    const outcome = await commitWithEvents(options, [record, ...moves], drafts, occurredAt);
    if (outcome.committed) return 'done';
    return outcome.failed.includes(0) ? 'record-failed' : 'move-failed';
  }

  return {
    async findReservation(orderId) {
      const item = await readItem(options, keys.reservation(orderId));
      if (!item) return undefined;
      const { state, lines, changedAtMs, expiresAt, returns, rejectedFor } = item;
      const expiry = expiresAt === undefined ? {} : { expiresAtSeconds: expiresAt };
      const back = returns?.length > 0 ? { returns } : {};
      const why = rejectedFor === undefined ? {} : { rejectedFor };
      return { orderId, state, lines, changedAtMs, ...expiry, ...back, ...why } as Reservation;
    },

    async reserve(reservation, currency, drafts) {
      const moves = reservation.lines.map(({ productId, quantity, unitPriceCents }) =>
        updateItem(table, keys.product(productId), {
          set: 'SET available = available - :quantity, held = held + :quantity',
          when: `${IN_SHOP} AND available >= :quantity AND amountCents = :unitPrice AND currency = :currency`,
          values: { ':quantity': quantity, ':unitPrice': unitPriceCents, ':currency': currency },
        }),
      );
      const record = putRecord(table, reservation);
      const outcome = await commit(reservation.changedAtMs, record, moves, drafts);
      if (outcome === 'done') return 'done';
      return outcome === 'record-failed' ? 'known' : 'changed';
    },

    async record(reservation, drafts) {
      const record = putRecord(table, reservation);
      const outcome = await commit(reservation.changedAtMs, record, [], drafts);
      return outcome === 'done' ? 'done' : 'known';
    },

    async settle(reservation) {
      const target = reservation.state === 'committed' ? 'sold' : 'available';
      const moves = reservation.lines.map(({ productId, quantity }) =>
        updateItem(table, keys.product(productId), {
          set: `SET held = held - :quantity, ${target} = ${target} + :quantity`,
          when: 'held >= :quantity',
          values: { ':quantity': quantity },
        }),
      );
      const { orderId, state, changedAtMs, expiresAtSeconds: expiresAt } = reservation;
      const record = updateItem(table, keys.reservation(orderId), {
        set: `SET #state = :state, changedAtMs = :at${expiresAt ? ', expiresAt = :expiresAt' : ''}`,
        when: '#state = :held',
        values: { ':state': state, ':held': 'held', ':at': changedAtMs, ':expiresAt': expiresAt },
        names: { '#state': 'state' },
      });
      const outcome = await commit(changedAtMs, record, moves, []);
      if (outcome !== 'move-failed') return outcome === 'done' ? 'done' : 'changed';
      throw new Error(`order ${orderId} holds more units than its products record as held`);
    },

    async restock({ orderId, returns = [] }, returned) {
      const moves = returned.lines.map(({ productId, quantity }) =>
        updateItem(table, keys.product(productId), {
          set: 'SET sold = sold - :quantity, available = available + :quantity',
          when: 'sold >= :quantity',
          values: { ':quantity': quantity },
        }),
      );
      // Returns are never removed, so their count shows whether the caller has read all of them.
      const record = updateItem(table, keys.reservation(orderId), {
        set: 'SET #returns = list_append(#returns, :returned)',
        when: '#state = :committed AND size(#returns) = :known',
        values: { ':returned': [returned], ':committed': 'committed', ':known': returns.length },
        names: { '#state': 'state', '#returns': 'returns' },
      });
      const outcome = await commit(returned.atMs, record, moves, []);
      if (outcome !== 'move-failed') return outcome === 'done' ? 'done' : 'changed';
      throw new Error(`order ${orderId} returns more units than its products record as sold`);
    },
  };
}

/** Writes the record unless an unexpired one exists. */
function putRecord(table: string, reservation: Reservation): TransactWriteItem {
  const { orderId, expiresAtSeconds: expiresAt, returns = [], ...rest } = reservation;
  const record = { ...keys.reservation(orderId), ...rest, returns, expiresAt };
  return putIfAbsentOrExpired(table, record, reservation.changedAtMs);
}
