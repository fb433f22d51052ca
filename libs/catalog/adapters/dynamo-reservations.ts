import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DomainEvent, EventDraft } from '@triptych/events';
import { randomIds } from '@triptych/platform/config';
import { type Outbox, type Relay, stampEvent } from '@triptych/platform/events';
import type { Ids, Reservation, ReservationStore } from '../core/index.ts';
import { type CatalogTable, keys, readItem, update } from './catalog-table.ts';
import { transact } from './dynamo-transact.ts';

/** The catalog's table, and where events go. */
export interface ReservationOptions extends CatalogTable {
  readonly outbox: Outbox;
  /** Told of events right after their commit. */
  readonly relay: Relay;
  /** For event ids; random ones unless a test wants others. */
  readonly ids?: Ids;
}

/**
 * Reservations, one item per order. Each write is one transaction with the stock it moves and the events it causes: at
 * most 40 lines, the record and one outbox entry, so 42 of DynamoDB's 100 items.
 */
export function dynamoReservations(options: ReservationOptions): ReservationStore {
  const { client, table, outbox, relay, ids = randomIds } = options;

  function stamped(drafts: readonly EventDraft[], atMs: number): DomainEvent[] {
    const occurredAt = new Date(atMs).toISOString();
    return drafts.map((draft) => stampEvent(draft, { id: ids.next(), occurredAt }));
  }

  /** Writes the record first, then the rest, so that position 0 tells whether the order was known. */
  async function commit(
    record: TransactWriteItem,
    moves: TransactWriteItem[],
    events: DomainEvent[],
  ): Promise<'done' | 'record-refused' | 'move-refused'> {
    const items = [record, ...moves, ...outbox.transactItems(events)];
    const outcome = await transact(client, items);
    if (!outcome.committed) return outcome.failed.includes(0) ? 'record-refused' : 'move-refused';
    relay.committed(events);
    return 'done';
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
        update(table, keys.product(productId), {
          set: 'SET available = available - :quantity, held = held + :quantity',
          // A product that is gone has no attributes, so no condition on it holds.
          when: 'available >= :quantity AND amountCents = :unitPrice AND currency = :currency',
          values: { ':quantity': quantity, ':unitPrice': unitPriceCents, ':currency': currency },
        }),
      );
      const events = stamped(drafts, reservation.changedAtMs);
      const outcome = await commit(putRecord(table, reservation), moves, events);
      if (outcome === 'done') return 'done';
      return outcome === 'record-refused' ? 'known' : 'changed';
    },

    async record(reservation, drafts) {
      const events = stamped(drafts, reservation.changedAtMs);
      const outcome = await commit(putRecord(table, reservation), [], events);
      return outcome === 'done' ? 'done' : 'known';
    },

    async settle(reservation) {
      const target = reservation.state === 'committed' ? 'sold' : 'available';
      const moves = reservation.lines.map(({ productId, quantity }) =>
        update(table, keys.product(productId), {
          set: `SET held = held - :quantity, ${target} = ${target} + :quantity`,
          when: 'held >= :quantity',
          values: { ':quantity': quantity },
        }),
      );
      const record = update(table, keys.reservation(reservation.orderId), {
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
      const outcome = await commit(record, moves, []);
      if (outcome !== 'move-refused') return outcome === 'done' ? 'done' : 'changed';
      throw new Error(`order ${reservation.orderId} holds more than its products have held`);
    },
  };
}

/** Absent and expired are the same: the table removes expired items only some time later. */
function putRecord(table: string, reservation: Reservation): TransactWriteItem {
  const { orderId, state, lines, changedAtMs, expiresAtSeconds: expiresAt } = reservation;
  const record = { ...keys.reservation(orderId), state, lines, changedAtMs, expiresAt };
  return {
    Put: {
      TableName: table,
      Item: marshall(record, { removeUndefinedValues: true }),
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: marshall({ ':now': Math.floor(changedAtMs / 1000) }),
    },
  };
}
