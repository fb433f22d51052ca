import type { DomainEvent } from '@triptych/events';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher, PublishTransport } from './event-publisher.ts';

/**
 * Publishes events and removes from the outbox those that the bus accepted. Every relay uses it. A crash between the
 * two steps publishes an event twice, but never loses one.
 * @returns ids of the events that the bus rejected; they stay in the outbox
 * @throws Error when the bus or the outbox cannot be reached
 */
export async function publishAndRemove(
  to: { outbox: Outbox; publisher: EventPublisher },
  events: readonly DomainEvent[],
  transport: PublishTransport,
): Promise<{ failedIds: string[] }> {
  if (events.length === 0) return { failedIds: [] };
  const { failedIds } = await to.publisher.publish(events, transport);
  const failed = new Set(failedIds);
  await to.outbox.remove(
    failed.size === 0 ? events : events.filter((event) => !failed.has(event.id)),
  );
  return { failedIds };
}
