/** Outgoing domain events: stamped, written to the outbox in the store's transaction, and published by a relay. */
export type { DomainEvent, DraftOf, EventDraft, EventOf } from '@triptych/events';
export { InvalidEventError } from './check-draft.ts';
export * from './commit-with-events.ts';
export * from './dynamo-outbox.ts';
export * from './event-bridge-publisher.ts';
export type { EventPublisher, PublishTransport } from './event-publisher.ts';
export * from './loop-relay.ts';
export * from './publish-and-remove.ts';
export * from './relay.ts';
export * from './stamp-event.ts';
export * from './stream-relay.ts';
export * from './sweep-outbox.ts';
