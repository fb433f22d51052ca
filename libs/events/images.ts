import { type Static, Type } from 'typebox';
import { defineEvent, type EventOf, Id } from './envelope.ts';

export const ImageAccepted = defineEvent(
  'image.accepted',
  'triptych.images',
  Type.Object({
    imageId: Id,
    widthPx: Type.Integer({ minimum: 1 }),
    heightPx: Type.Integer({ minimum: 1 }),
    format: Type.String(),
  }),
);
export type ImageAccepted = EventOf<typeof ImageAccepted>;

/** Why an upload was rejected. */
export const ImageRejectCode = Type.Literal('unsupported-image');
export type ImageRejectCode = Static<typeof ImageRejectCode>;

export const ImageRejected = defineEvent(
  'image.rejected',
  'triptych.images',
  Type.Object({ imageId: Id, code: ImageRejectCode }),
);
export type ImageRejected = EventOf<typeof ImageRejected>;
