import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '@triptych/events';
import { beginSpan, endSpan, type OpenSpan } from '../telemetry/span.ts';
import { formatTraceparent, parseTraceparent } from '../telemetry/traceparent.ts';
import type { EventPublisher, PublishTransport } from './event-publisher.ts';
import { subjectOf } from './subject-of.ts';

/** PutEvents takes at most ten entries. */
const MAX_ENTRIES = 10;

/**
 * Publishes to a bus of EventBridge: `type` becomes detail-type, `source` source, everything else the detail. Each event
 * is a span of its own trace, `publish <type>`, and leaves as its child: who hears it continues from there.
 */
export function eventBridgePublisher(client: EventBridgeClient, busName: string): EventPublisher {
  async function put(batch: readonly DomainEvent[], transport: PublishTransport) {
    const spans = batch.map((event) => beginSpan(parseTraceparent(event.traceparent)));
    const refused = new Set(batch);
    try {
      const entries = batch.map((event, index) => toEntry(event, spans[index], busName));
      const answer = await client.send(new PutEventsCommand({ Entries: entries }));
      for (const [index, event] of batch.entries()) {
        // PutEvents answers 200 even when it refused entries; only the entries say so.
        if (answer.FailedEntryCount === 0 || answer.Entries?.[index]?.EventId)
          refused.delete(event);
      }
    } finally {
      for (const [index, span] of spans.entries()) {
        const event = batch[index] as DomainEvent;
        const attributes = { eventId: event.id, transport, ...subjectOf(event.data) };
        endSpan(span, `publish ${event.type}`, !refused.has(event), attributes);
      }
    }
    return [...refused].map(({ id }) => id);
  }

  return {
    async publish(events, transport = 'direct') {
      const failedIds: string[] = [];
      for (let start = 0; start < events.length; start += MAX_ENTRIES) {
        failedIds.push(...(await put(events.slice(start, start + MAX_ENTRIES), transport)));
      }
      return { failedIds };
    },
  };
}

function toEntry(
  event: DomainEvent,
  span: OpenSpan | undefined,
  busName: string,
): PutEventsRequestEntry {
  const { type, source, ...detail } = event;
  const traceparent = span && formatTraceparent(span.context);
  return {
    EventBusName: busName,
    DetailType: type,
    Source: source,
    Detail: JSON.stringify({ ...detail, traceparent }),
    Time: new Date(event.occurredAt),
  };
}
