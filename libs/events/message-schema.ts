import { type TSchema, Type } from 'typebox';
import { EventMetadata } from './envelope.ts';

/**
 * The schema of a queue message: EventBridge's envelope with the event's metadata and data. Unknown fields are allowed.
 */
export function messageSchema(definition: { type: string; source: string; data: TSchema }) {
  return Type.Object({
    source: Type.Literal(definition.source),
    'detail-type': Type.Literal(definition.type),
    detail: Type.Object({ ...EventMetadata.properties, data: definition.data }),
  });
}
