import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '@triptych/events';
import type { EventPublisher } from './event-publisher.ts';

/** PutEvents takes at most ten entries. */
const MAX_ENTRIES = 10;

/** Publishes to a bus of EventBridge: `type` becomes detail-type, `source` source, everything else the detail. */
export function eventBridgePublisher(client: EventBridgeClient, busName: string): EventPublisher {
  return {
    async publish(events) {
      const failedIds: string[] = [];
      for (let start = 0; start < events.length; start += MAX_ENTRIES) {
        const batch = events.slice(start, start + MAX_ENTRIES);
        const answer = await client.send(
          new PutEventsCommand({ Entries: batch.map((event) => toEntry(event, busName)) }),
        );
        // PutEvents answers 200 even when it refused entries; only this count says so.
        if (answer.FailedEntryCount === 0) continue;
        for (const [index, event] of batch.entries()) {
          if (!answer.Entries?.[index]?.EventId) failedIds.push(event.id);
        }
      }
      return { failedIds };
    },
  };
}

function toEntry(event: DomainEvent, busName: string): PutEventsRequestEntry {
  const { type, source, ...detail } = event;
  return {
    EventBusName: busName,
    DetailType: type,
    Source: source,
    Detail: JSON.stringify(detail),
    Time: new Date(event.occurredAt),
  };
}
