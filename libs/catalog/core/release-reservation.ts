import { keptUntilSeconds, unexpired } from './expiry.ts';
import type { Clock, ReservationStore } from './ports.ts';
import { notHeld, type Reservation } from './reservation.ts';
import { retryWhileChanged } from './retry-while-changed.ts';

interface Deps {
  store: Pick<ReservationStore, 'findReservation' | 'record' | 'settle'>;
  clock: Clock;
}

/**
 * The order is cancelled: moves its units from held to available. Idempotent. If the order has not
 * arrived yet, a tombstone is recorded so that it cannot be reserved later.
 * @throws AppError conflict `reservation-not-held` (the order is already sold; only a refund can
 *   return its goods), unavailable `stock-contended`
 */
export async function releaseReservation(deps: Deps, orderId: string): Promise<void> {
  await retryWhileChanged(async () => {
    const changedAtMs = deps.clock.now();
    const reservation = unexpired(await deps.store.findReservation(orderId), changedAtMs);
    const expiresAtSeconds = keptUntilSeconds(changedAtMs);
    if (!reservation) {
      const state = 'tombstone';
      const tombstone: Reservation = { orderId, state, lines: [], changedAtMs, expiresAtSeconds };
      // The order arrived in between: decide again.
      return (await deps.store.record(tombstone, [])) === 'known' ? 'changed' : 'done';
    }
    if (reservation.state === 'committed') throw notHeld(orderId, reservation.state);
    if (reservation.state !== 'held') return 'done';
    return deps.store.settle({ ...reservation, state: 'released', changedAtMs, expiresAtSeconds });
  });
}
