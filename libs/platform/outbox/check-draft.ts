import { type EventDraft, type EventName, eventDefinitions, strictSchema } from '@triptych/events';
import { Compile } from 'typebox/schema';

/** Something of ours would publish what its own contract does not allow. */
export class InvalidEventError extends Error {
  constructor(type: string, reason: string) {
    super(`${type}: ${reason}`);
    this.name = 'InvalidEventError';
  }
}

const validators = new Map<string, ReturnType<typeof Compile>>();

/**
 * Holds an event to its published schema, and to no more than that. Before it is written anywhere: in the outbox it would
 * be in the way for ever.
 * @throws InvalidEventError
 */
export function checkDraft({ type, source, data }: EventDraft): void {
  const definition = eventDefinitions[type as EventName];
  if (definition === undefined) throw new InvalidEventError(type, 'there is no such event');
  if (source !== definition.source) throw new InvalidEventError(type, `${source} may not publish`);
  const validator = validators.get(type) ?? Compile(strictSchema(definition.data));
  validators.set(type, validator);
  if (validator.Check(data)) return;
  const [, errors] = validator.Errors(data);
  const first = errors[0];
  throw new InvalidEventError(type, `data${first?.instancePath ?? ''} ${first?.message ?? ''}`);
}
