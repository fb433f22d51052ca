import { EVENT_DEFINITIONS, type EventDraft, type EventName, strictSchema } from '@triptych/events';
import { firstViolation, lazySchema, type SchemaCheck } from '../schema/lazy-schema.ts';

/** This service tried to publish an event that violates the event's published schema. */
export class InvalidEventError extends Error {
  constructor(type: string, reason: string) {
    super(`${type}: ${reason}`);
    this.name = 'InvalidEventError';
  }
}

const checks = new Map<string, SchemaCheck>();

/**
 * Checks an event strictly against its published schema: unknown fields are errors. Runs before the event is written,
 * because an invalid event in the outbox would be retried forever.
 * @throws InvalidEventError when the type is unknown, the source may not publish it, or the data violates the schema
 */
export function checkDraft({ type, source, data }: EventDraft): void {
  const definition = EVENT_DEFINITIONS[type as EventName];
  if (definition === undefined) throw new InvalidEventError(type, 'there is no such event');
  if (source !== definition.source) throw new InvalidEventError(type, `${source} may not publish`);
  const check = checks.get(type) ?? lazySchema(strictSchema(definition.data));
  checks.set(type, check);
  const errors = check(data);
  if (errors) throw new InvalidEventError(type, firstViolation('data', errors));
}
