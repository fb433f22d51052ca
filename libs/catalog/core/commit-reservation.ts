import { unexpired } from './expiry.ts';
import type { Clock, ReservationStore } from './ports.ts';
import { notHeld } from './reservation.ts';
import { retryWhileChanged } from './retry-while-changed.ts';

interface Deps {
  store: Pick<ReservationStore, 'findReservation' | 'settle'>;
  clock: Clock;
}

/**
 * The order is paid: moves its units from held to sold. Idempotent. A committed record never
 * expires, because later returns are checked against it.
 *
 * No sequence of the shop's events commits an order that holds nothing. Such a message fails until
 * it reaches the dead-letter queue.
 * @throws AppError conflict `reservation-not-held`, unavailable `stock-contended`
 */
export async function commitReservation(deps: Deps, orderId: string): Promise<void> {
  await retryWhileChanged(async () => {
    const now = deps.clock.now();
    const reservation = unexpired(await deps.store.findReservation(orderId), now);
    if (reservation?.state === 'committed') return 'done';
    if (reservation?.state !== 'held') throw notHeld(orderId, reservation?.state);
    return deps.store.settle({ ...reservation, state: 'committed', changedAtMs: now });
  });
}
