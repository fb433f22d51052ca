import type { DomainEvent } from '@triptych/events';

/** Events per call to the bus: PutEvents takes at most ten entries. */
export const BATCH_SIZE = 10;

/** What triggered the publishing. Spans of the variants differ only in this. */
export type PublishTransport = 'direct' | 'loop' | 'dynamodb-stream' | 'schedule';

/** The port through which events leave the process. */
export interface EventPublisher {
  /**
   * Publishes `events` and returns the ids of those that the bus rejected.
   * @throws Error when the bus cannot be reached
   */
  publish(
    events: readonly DomainEvent[],
    transport?: PublishTransport,
  ): Promise<{ failedIds: string[] }>;
}
