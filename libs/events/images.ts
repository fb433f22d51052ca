import { type Static, Type } from 'typebox';
import { defineEvent, type EventOf, Id } from './envelope.ts';

export const ImageAccepted = defineEvent({
  type: 'image.accepted',
  source: 'triptych.images',
  summary: 'An uploaded image can be shown.',
  data: Type.Object({
    imageId: Id,
    widthPx: Type.Integer({ minimum: 1 }),
    heightPx: Type.Integer({ minimum: 1 }),
    format: Type.String(),
  }),
});
export type ImageAccepted = EventOf<typeof ImageAccepted>;

/** Why an upload was rejected. */
export const ImageRejectCode = Type.Literal('unsupported-image');
export type ImageRejectCode = Static<typeof ImageRejectCode>;

export const ImageRejected = defineEvent({
  type: 'image.rejected',
  source: 'triptych.images',
  summary: 'An uploaded image cannot be shown, for this reason.',
  data: Type.Object({ imageId: Id, code: ImageRejectCode }),
});
export type ImageRejected = EventOf<typeof ImageRejected>;
