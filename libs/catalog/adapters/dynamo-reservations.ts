import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { EventDraft } from '@triptych/events';
import { type DynamoTable, putOverExpired, readItem, updateItem } from '@triptych/platform/aws';
import { commitWithEvents, type EventOutlet } from '@triptych/platform/events';
import type { Reservation, ReservationStore } from '../core/index.ts';
import { keys } from './catalog-table.ts';

/**
 * Reservations, one item per order. Each write is one transaction with the stock it moves and the events it causes: at
 * most 40 lines, the record and one outbox entry, so 42 of DynamoDB's 100 items.
 */
export function dynamoReservations(options: DynamoTable & EventOutlet): ReservationStore {
  const { table } = options;

  /** Writes the record first, then the rest, so that position 0 tells whether the order was known. */
  async function commit(
    atMs: number,
    record: TransactWriteItem,
    moves: readonly TransactWriteItem[],
    drafts: readonly EventDraft[],
  ): Promise<'done' | 'record-refused' | 'move-refused'> {
    const occurredAt = new Date(atMs).toISOString();
    const outcome = await commitWithEvents(options, [record, ...moves], drafts, occurredAt);
    if (outcome.committed) return 'done';
    return outcome.failed.includes(0) ? 'record-refused' : 'move-refused';
  }

  return {
    async findReservation(orderId) {
      const item = await readItem(options, keys.reservation(orderId));
      if (!item) return undefined;
      const { state, lines, changedAtMs, expiresAt } = item;
      const expiry = expiresAt === undefined ? {} : { expiresAtSeconds: expiresAt };
      return { orderId, state, lines, changedAtMs, ...expiry } as Reservation;
    },

    async reserve(reservation, currency, drafts) {
      const moves = reservation.lines.map(({ productId, quantity, unitPriceCents }) =>
        updateItem(table, keys.product(productId), {
          set: 'SET available = available - :quantity, held = held + :quantity',
          // A product that is gone has no attributes, so no condition on it holds.
          when: 'available >= :quantity AND amountCents = :unitPrice AND currency = :currency',
          values: { ':quantity': quantity, ':unitPrice': unitPriceCents, ':currency': currency },
        }),
      );
      const record = putRecord(table, reservation);
      const outcome = await commit(reservation.changedAtMs, record, moves, drafts);
      if (outcome === 'done') return 'done';
      return outcome === 'record-refused' ? 'known' : 'changed';
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
      const record = updateItem(table, keys.reservation(reservation.orderId), {
        set: 'SET #state = :state, changedAtMs = :at, expiresAt = :expiresAt',
        when: '#state = :held',
        values: {
          ':state': reservation.state,
          ':held': 'held',
          ':at': reservation.changedAtMs,
          ':expiresAt': reservation.expiresAtSeconds,
        },
        names: { '#state': 'state' },
      });
      const outcome = await commit(reservation.changedAtMs, record, moves, []);
      if (outcome !== 'move-refused') return outcome === 'done' ? 'done' : 'changed';
      throw new Error(`order ${reservation.orderId} holds more than its products have held`);
    },
  };
}

/** A record that has expired counts as absent. */
function putRecord(table: string, reservation: Reservation): TransactWriteItem {
  const { orderId, state, lines, changedAtMs, expiresAtSeconds: expiresAt } = reservation;
  const record = { ...keys.reservation(orderId), state, lines, changedAtMs, expiresAt };
  return putOverExpired(table, record, changedAtMs);
}
