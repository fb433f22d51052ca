import type { DomainEvent } from '@triptych/events';

/** Publishes events after their commit. Stores call it; each kind of deployment has its own implementation. */
export interface Relay {
  /** Announces events that were just committed. Returns immediately and never throws. */
  committed(events: readonly DomainEvent[]): void;
}

/** For a function without a relay of its own: the table's stream tells the service's worker. */
export const streamOnly: Relay = { committed() {} };
