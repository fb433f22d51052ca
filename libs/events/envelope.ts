import { type Static, type TSchema, Type } from 'typebox';

/** Ids of orders, products, accounts and images: safe in a URL path, a log line and an S3 key. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

/** Integer minor units (cents); a price or a total is never negative. */
export const AmountCents = Type.Integer({ minimum: 0, maximum: 99_999_999_99 });

/** ISO 4217 code, lower case as Stripe writes it. */
export const Currency = Type.String({ pattern: '^[a-z]{3}$' });

/** What every event carries besides its data. `traceparent` is W3C Trace Context, so that a trace survives queues. */
export const EventMetadata = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  occurredAt: Type.String({ description: 'RFC 3339, UTC' }),
  traceparent: Type.Optional(
    Type.String({ pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' }),
  ),
});

/** One event of the shop: `type` names it (and becomes EventBridge's detail-type), `data` is its content. */
export type DomainEvent<Name extends string = string, Data = unknown> = Static<
  typeof EventMetadata
> & { readonly type: Name; readonly source: EventSource; readonly data: Data };

/** What a use case says has happened; the store stamps it with id, time and trace when it writes it. */
export interface EventDraft<Name extends string = string, Data = unknown> {
  readonly type: Name;
  readonly source: EventSource;
  readonly data: Data;
}

/** The context that publishes; becomes EventBridge's source. */
export type EventSource =
  | 'triptych.auth'
  | 'triptych.catalog'
  | 'triptych.payments'
  | 'triptych.images';

/** Ties an event's name to its publisher and its schema. */
export function defineEvent<const Name extends string, S extends TSchema>(
  type: Name,
  source: EventSource,
  data: S,
) {
  return { type, source, data } as const;
}

/** The TypeScript type of an event made by {@link defineEvent}. */
export type EventOf<D extends { type: string; data: TSchema }> = DomainEvent<
  D['type'],
  Static<D['data']>
>;

/** The same event before it is stamped. */
export type DraftOf<D extends { type: string; data: TSchema }> = EventDraft<
  D['type'],
  Static<D['data']>
>;
