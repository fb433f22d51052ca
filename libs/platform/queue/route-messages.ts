import { type DomainEvent, EventMetadata, type EventOf, type EventSource } from '@triptych/events';
import { type Static, type TObject, Type } from 'typebox';
import { firstViolation, lazySchema } from '../schema/lazy-schema.ts';
import { InvalidMessageError } from './invalid-message-error.ts';
import type { MessageHandler, MessageOutcome } from './queue-message.ts';

/** A detail-type and the handler for it. */
export type MessageRoute = readonly [detailType: string, handle: MessageHandler];

/**
 * Calls the handler for each message's detail-type. The rules of the bus send a queue only what its consumer handles. A
 * message without a handler is therefore a mistake, and is kept in the dead-letter queue.
 * @throws InvalidMessageError (from the returned handler) for a message that is not an event, or of an unknown type
 */
export function routeMessages(routes: readonly MessageRoute[]): MessageHandler {
  const handlers = new Map(routes);
  return async (message) => {
    if (message.fault !== undefined) throw new InvalidMessageError(message.type, message.fault);
    const handle = handlers.get(message.type);
    if (!handle) throw new InvalidMessageError(message.type, 'no handler for this type');
    return handle(message);
  };
}

/**
 * A route for messages of one type from one source.
 * @throws InvalidMessageError (from the returned handler) when the message comes from another source
 */
export function onMessageFrom(source: string, type: string, handle: MessageHandler): MessageRoute {
  return [
    type,
    async (message) => {
      if (message.source === source) return handle(message);
      throw new InvalidMessageError(type, `comes from "${message.source}" instead of "${source}"`);
    },
  ];
}

/** A domain event's definition. */
interface Definition {
  readonly type: string;
  readonly source: EventSource;
  readonly data: TObject;
}

/**
 * A route for one domain event: checks the message against the published schema, then passes the event to `handle`.
 * @param reads the fields of the data that `handle` reads, by default all. Only these are checked, because a newer
 * publisher may use values in the others that this consumer does not know
 * @throws InvalidMessageError (from the returned handler) when the message violates the schema, or comes from another
 * source
 */
export function onEvent<
  D extends Definition,
  Field extends keyof Static<D['data']> & string = keyof Static<D['data']> & string,
>(
  definition: D,
  handle: (
    event: DomainEvent<D['type'], Pick<Static<D['data']>, Field>>,
  ) => Promise<MessageOutcome>,
  reads?: readonly Field[],
): MessageRoute {
  const { type, source, data } = definition;
  const check = eventCheck({ type, source, data: reads ? Type.Pick(data, [...reads]) : data });
  return onMessageFrom(source, type, async (message) =>
    handle(check(message.detail) as EventOf<D>),
  );
}

/** Checks leniently: unknown fields are allowed, because the publisher may be newer than this consumer. */
function eventCheck(definition: Definition) {
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
