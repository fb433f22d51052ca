import type { DomainEvent } from '@triptych/events';
import { span } from '../telemetry/span.ts';
import { withTraceparent } from '../telemetry/trace-context.ts';
import type { Outbox } from './dynamo-outbox.ts';
import type { EventPublisher } from './event-publisher.ts';

/**
 * Publishes events and removes from the outbox those that the bus took. Both relays end here. Dying in between publishes
 * an event twice, never not at all.
 * @returns ids of the events that the bus refused; they stay in the outbox
 */
export async function publishAndRemove(
  to: { outbox: Outbox; publisher: EventPublisher },
  events: readonly DomainEvent[],
): Promise<{ failedIds: string[] }> {
  const first = events[0];
  if (first === undefined) return { failedIds: [] };
  const attributes = {
    types: [...new Set(events.map((event) => event.type))].join(' '),
    events: events.length,
  };
  return withTraceparent(first.traceparent, () =>
    span(`publish ${first.type}`, attributes, async () => {
      const { failedIds } = await to.publisher.publish(events);
      const failed = new Set(failedIds);
      await to.outbox.remove(
        failed.size === 0 ? events : events.filter((event) => !failed.has(event.id)),
      );
      return { failedIds };
    }),
  );
}
