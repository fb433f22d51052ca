import { type TSchema, Type } from 'typebox';
import { EventMetadata } from './envelope.ts';

/** What a queue gets for an event: EventBridge's envelope around metadata and data. Fields we do not name may be there. */
export function messageSchema(definition: { type: string; source: string; data: TSchema }) {
  return Type.Object({
    source: Type.Literal(definition.source),
    'detail-type': Type.Literal(definition.type),
    detail: Type.Object({ ...EventMetadata.properties, data: definition.data }),
  });
}
