import type { DomainEvent } from '@triptych/events';

/** The port through which events leave. */
export interface EventPublisher {
  /** Publishes all of `events` and names those the bus did not take. @throws when the bus cannot be reached */
  publish(events: readonly DomainEvent[]): Promise<{ failedIds: string[] }>;
}
