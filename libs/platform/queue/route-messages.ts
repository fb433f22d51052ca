import { type DomainEvent, EventMetadata, type EventOf, type EventSource } from '@triptych/events';
import type { TSchema } from 'typebox';
import { firstViolation, lazySchema } from '../schema/lazy-schema.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import type { MessageHandler, MessageOutcome } from './queue-message.ts';

/** A detail-type and the handler for it. */
export type MessageRoute = readonly [detailType: string, handle: MessageHandler];

type MessageRoutes = Readonly<Record<string, MessageHandler>> | readonly MessageRoute[];

/**
 * Calls the handler for each message's detail-type. Messages of other types are dropped, because a rule may match more
 * events than its consumer handles.
 */
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

/** A poison message: it violates its event's schema. It is never handled and ends in the dead-letter queue. */
export class InvalidMessageError extends Error {
  constructor(type: string, reason: string) {
    super(`${type}: ${reason}`);
    this.name = 'InvalidMessageError';
  }
}

/**
 * A route for one domain event: checks the message against the published schema, then passes the event to `handle`.
 * @throws InvalidMessageError (from the returned handler) when the message violates the schema
 */
export function onEvent<D extends { type: string; source: EventSource; data: TSchema }>(
  definition: D,
  handle: (event: EventOf<D>) => Promise<MessageOutcome>,
): MessageRoute {
  const check = eventCheck(definition);
  return [definition.type, async (message) => handle(check(message.detail) as EventOf<D>)];
}

/** Checks leniently: unknown fields are allowed, because the publisher may be newer than this consumer. */
function eventCheck(definition: { type: string; source: EventSource; data: TSchema }) {
  const { type, source } = definition;
  const metadataErrors = lazySchema(EventMetadata);
  const dataErrors = lazySchema(definition.data);
  return (detail: unknown): DomainEvent => {
    if (metadataErrors(detail)) throw new InvalidMessageError(type, 'metadata is invalid');
    const { data, ...metadata } = detail as { id: string; occurredAt: string; data?: unknown };
    const errors = dataErrors(data);
    if (errors) throw new InvalidMessageError(type, firstViolation('data', errors));
    return { ...metadata, type, source, data };
  };
}
