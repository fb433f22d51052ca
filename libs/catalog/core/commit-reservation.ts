import { AppError } from '@triptych/platform/errors';
import type { Clock, ReservationStore } from './ports.ts';
import { keptUntilSeconds, live, untilDone } from './reservation.ts';

interface Parts {
  readonly store: Pick<ReservationStore, 'findReservation' | 'record' | 'settle'>;
  readonly clock: Clock;
}

/**
 * The order is paid: what it holds is sold. The record stays for good: what comes back later is counted against it.
 * Throws `conflict` when nothing is held and nothing was sold, which no order of messages can bring about; such a
 * message belongs into the dead-letter queue, where somebody looks at it.
 */
export function commitReservation({ store, clock }: Parts) {
  return (orderId: string): Promise<void> =>
    untilDone(async () => {
      const reservation = live(await store.findReservation(orderId), clock.now());
      if (reservation?.state === 'committed') return 'done';
      if (reservation?.state !== 'held') throw notHeld(orderId, reservation?.state);
      return store.settle({ ...reservation, state: 'committed', changedAtMs: clock.now() });
    });
}

/**
 * The order is off: what it holds is available again. When the order has not been seen yet, a tombstone keeps it from
 * being reserved later. Throws `conflict` when it was sold already (a refund is another event).
 */
export function releaseReservation({ store, clock }: Parts) {
  return (orderId: string): Promise<void> =>
    untilDone(async () => {
      const reservation = live(await store.findReservation(orderId), clock.now());
      const changedAtMs = clock.now();
      const expiresAtSeconds = keptUntilSeconds(changedAtMs);
      const after = { state: 'released', changedAtMs, expiresAtSeconds } as const;
      if (!reservation) {
        const tombstone = { orderId, lines: [], ...after, state: 'tombstone' } as const;
        return (await store.record(tombstone, [])) === 'done' ? 'done' : 'changed';
      }
      if (reservation.state === 'committed') throw notHeld(orderId, reservation.state);
      if (reservation.state !== 'held') return 'done';
      return store.settle({ ...reservation, ...after });
    });
}

function notHeld(orderId: string, state = 'absent'): AppError {
  const detail = `The reservation of order ${orderId} is ${state}, not held.`;
  return new AppError('conflict', 'reservation-not-held', detail);
}
