import { type DomainEvent, EventMetadata, type EventOf, type EventSource } from '@triptych/events';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import type { MessageHandler, MessageOutcome } from './queue-message.ts';

/** A handler with the detail-type it is for. */
export type MessageRoute = readonly [detailType: string, handle: MessageHandler];

type MessageRoutes = Readonly<Record<string, MessageHandler>> | readonly MessageRoute[];

/** Sends each message to the handler of its detail-type. Others are dropped: a rule may be wider than its consumer. */
export function routeMessages(routes: MessageRoutes): MessageHandler {
  const handlers = new Map<string, MessageHandler>(
    isList(routes) ? routes : Object.entries(routes),
  );
  return async (message) => {
    const handle = handlers.get(message.type);
    if (handle) return handle(message);
    currentLogger().debug({ type: message.type, messageId: message.id }, 'no handler for message');
    return undefined;
  };
}

const isList = (routes: MessageRoutes): routes is readonly MessageRoute[] => Array.isArray(routes);

/** A message that does not satisfy its event's schema: never handled, so it ends in the dead-letter queue. */
export class InvalidMessageError extends Error {
  constructor(type: string, reason: string) {
    super(`${type}: ${reason}`);
    this.name = 'InvalidMessageError';
  }
}

/**
 * A route for one domain event: checks envelope and data against the published schema, then hands over the event.
 * @throws InvalidMessageError (from the handler) when the message does not satisfy the schema
 */
export function onEvent<D extends { type: string; source: EventSource; data: TSchema }>(
  definition: D,
  handle: (event: EventOf<D>) => Promise<MessageOutcome>,
): MessageRoute {
  const check = eventCheck(definition);
  return [definition.type, async (message) => handle(check(message.detail) as EventOf<D>)];
}

/** Compiled on the first message: a function that never gets this event does not pay for its schema. */
function eventCheck(definition: { type: string; source: EventSource; data: TSchema }) {
  let validators:
    | { metadata: ReturnType<typeof Compile>; data: ReturnType<typeof Compile> }
    | undefined;
  return (detail: unknown): DomainEvent => {
    validators ??= { metadata: Compile(EventMetadata), data: Compile(definition.data) };
    const { type, source } = definition;
    if (!validators.metadata.Check(detail))
      throw new InvalidMessageError(type, 'metadata is invalid');
    const { data, ...metadata } = detail as { id: string; occurredAt: string; data?: unknown };
    if (!validators.data.Check(data)) {
      const [, errors] = validators.data.Errors(data);
      const first = errors[0];
      throw new InvalidMessageError(
        type,
        `data${first?.instancePath ?? ''} ${first?.message ?? 'is invalid'}`,
      );
    }
    return { ...metadata, type, source, data };
  };
}
