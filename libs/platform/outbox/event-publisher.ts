import type { DomainEvent } from '@triptych/events';

/** What brought an event to the bus; the one thing in which the spans of publishing differ between the variants. */
export type PublishTransport = 'direct' | 'loop' | 'dynamodb-stream' | 'schedule';

/** The port through which events leave. */
export interface EventPublisher {
  /** Publishes all of `events` and names those the bus did not take. @throws when the bus cannot be reached */
  publish(
    events: readonly DomainEvent[],
    transport?: PublishTransport,
  ): Promise<{ failedIds: string[] }>;
}
