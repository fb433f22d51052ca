import type { ContextName } from '@triptych/context-map';
import { type Static, type TSchema, Type } from 'typebox';
import { TRACEPARENT } from './traceparent.ts';

/** Ids of orders, products, accounts and images. They are safe in a URL path, a log line and an S3 key. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

/** A price or a total in integer minor units (cents). Never negative. */
export const AmountCents = Type.Integer({ minimum: 0, maximum: 9_999_999_999 });

/** An ISO 4217 code in lower case, as Stripe writes it. */
export const Currency = Type.String({ pattern: '^[a-z]{3}$' });

/**
 * The fields of every event besides its data. `traceparent` is W3C Trace Context and continues the trace through
 * queues. The same traceparents are valid as in HTTP requests.
 */
export const EventMetadata = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  occurredAt: Type.String({ description: 'RFC 3339, UTC' }),
  traceparent: Type.Optional(Type.String({ pattern: TRACEPARENT })),
});

/** A domain event. `type` becomes EventBridge's detail-type, `source` its source, and all other fields its detail. */
export type DomainEvent<Name extends string = string, Data = unknown> = Static<
  typeof EventMetadata
> & { readonly type: Name; readonly source: EventSource; readonly data: Data };

/** An event as a use case creates it. The store adds id, time and traceparent when it writes the event. */
export interface EventDraft<Name extends string = string, Data = unknown> {
  readonly type: Name;
  readonly source: EventSource;
  readonly data: Data;
}

/** The context that publishes an event. */
export type EventSource = `triptych.${ContextName}`;

/** Defines an event: its type, its publisher, its meaning in one sentence and the schema of its data. */
export function defineEvent<const Name extends string, S extends TSchema>(definition: {
  type: Name;
  source: EventSource;
  summary: string;
  data: S;
  /** Only the publisher's own worker consumes it, as work that must survive a crash. */
  toSelf?: boolean;
}) {
  return definition;
}

/** The TypeScript type of an event that was defined with {@link defineEvent}. */
export type EventOf<D extends { type: string; data: TSchema }> = DomainEvent<
  D['type'],
  Static<D['data']>
>;

/** The type of the same event before the store completes it. */
export type DraftOf<D extends { type: string; data: TSchema }> = EventDraft<
  D['type'],
  Static<D['data']>
>;
