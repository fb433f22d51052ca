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

/**
 * Why an upload was rejected:
 *
 * - `unsupported-image`: it is not a still JPEG, PNG, WebP or AVIF, or its data are damaged;
 * - `truncated-image`: the file ends before its last pixel;
 * - `unsupported-colour`: it declares a colour space that cannot be converted to sRGB;
 * - `too-many-pixels`: it has more pixels than pictures of its kind may have;
 * - `too-many-bytes`: the file is larger than 15 MB.
 *
 * A consumer must know a code before it is published, so deploy the catalog before images.
 */
export const ImageRejectCode = Type.Union([
  Type.Literal('unsupported-image'),
  Type.Literal('truncated-image'),
  Type.Literal('unsupported-colour'),
  Type.Literal('too-many-pixels'),
  Type.Literal('too-many-bytes'),
]);
export type ImageRejectCode = Static<typeof ImageRejectCode>;

export const ImageRejected = defineEvent({
  type: 'image.rejected',
  source: 'triptych.images',
  summary: 'An uploaded image cannot be shown, for this reason.',
  data: Type.Object({ imageId: Id, code: ImageRejectCode }),
});
export type ImageRejected = EventOf<typeof ImageRejected>;
