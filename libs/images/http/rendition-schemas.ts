import { Type } from 'typebox';
import { REQUESTABLE_FORMATS, WIDTHS_PX } from '../core/index.ts';

/**
 * Plain strings on purpose: the core rejects unlisted values with a code of their own, where a
 * schema would answer `validation`. A malformed id is not an error either: it is 404, because no
 * image has it.
 */
export const RenditionParams = Type.Object({
  imageId: Type.String({ description: 'Id of an accepted image' }),
  width: Type.String({ description: `Pixels: ${WIDTHS_PX.join(', ')}` }),
  format: Type.String({ description: `${REQUESTABLE_FORMATS.join(', ')}; auto follows Accept` }),
});

export const RenditionHeaders = Type.Object({
  accept: Type.Optional(Type.String()),
  'if-none-match': Type.Optional(Type.String()),
});
