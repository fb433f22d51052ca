import type { DomainEvent, EventDraft } from '@triptych/events';
import { currentTraceparent } from '../telemetry/trace-context.ts';
import { checkDraft } from './check-draft.ts';

/**
 * Turns a use case's draft into an event with an id, a time and the current traceparent.
 * @throws InvalidEventError when the draft violates the event's published schema
 */
export function stampEvent<Name extends string, Data>(
  draft: EventDraft<Name, Data>,
  stamp: { id: string; occurredAt: string },
): DomainEvent<Name, Data> {
  checkDraft(draft);
  const traceparent = currentTraceparent();
  return {
    type: draft.type,
    source: draft.source,
    data: draft.data,
    id: stamp.id,
    occurredAt: stamp.occurredAt,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
