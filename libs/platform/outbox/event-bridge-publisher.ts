import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '@triptych/events';
import { errorCode } from '../telemetry/error-code.ts';
import { beginSpan, endSpan, type OpenSpan } from '../telemetry/span.ts';
import { subjectOf } from '../telemetry/subject-of.ts';
import { formatTraceparent, parseTraceparent } from '../telemetry/traceparent.ts';
import { BATCH_SIZE, type EventPublisher, type PublishTransport } from './event-publisher.ts';

/**
 * Publishes to an EventBridge bus: `type` becomes the detail-type, `source` the source, and all other fields the
 * detail. Each event is a span `publish <type>` in the trace of the request that caused it. The published event carries
 * that span's traceparent, so the spans of its consumers are its children.
 */
export function eventBridgePublisher(client: EventBridgeClient, busName: string): EventPublisher {
  async function put(batch: readonly DomainEvent[], transport: PublishTransport) {
    const spans = batch.map((event) => beginSpan(parseTraceparent(event.traceparent)));
    const rejected = new Map<DomainEvent, string>();
    try {
      const entries = batch.map((event, index) => toEntry(event, spans[index], busName));
      const answer = await client.send(new PutEventsCommand({ Entries: entries }));
      for (const [index, event] of batch.entries()) {
        // PutEvents responds with 200 even when it rejects entries; the entries carry the errors.
        const entry = answer.Entries?.[index];
        if (answer.FailedEntryCount === 0 || entry?.EventId) continue;
        rejected.set(event, entry?.ErrorCode ?? 'no-event-id');
      }
    } catch (error) {
      for (const event of batch) rejected.set(event, errorCode(error));
      throw error;
    } finally {
      for (const [index, span] of spans.entries()) {
        const event = batch[index] as DomainEvent;
        const error = rejected.get(event);
        const attributes = {
          ...{ eventId: event.id, transport, ...subjectOf(event.data) },
          ...(error === undefined ? {} : { error }),
        };
        endSpan(span, `publish ${event.type}`, error === undefined, attributes);
      }
    }
    return [...rejected.keys()].map(({ id }) => id);
  }

  return {
    async publish(events, transport = 'direct') {
      const failedIds: string[] = [];
      for (let start = 0; start < events.length; start += BATCH_SIZE) {
        failedIds.push(...(await put(events.slice(start, start + BATCH_SIZE), transport)));
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
