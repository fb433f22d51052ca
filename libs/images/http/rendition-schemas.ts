import type { DocumentedRoute } from '@triptych/platform/http';
import { Type } from 'typebox';
import { ENCODED_FORMATS, REQUESTABLE_FORMATS, WIDTHS_PX } from '../core/index.ts';

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

const binary = { schema: { type: 'string', format: 'binary' } };

/** The responses of a rendition. Which redirect a large one gets depends on the variant. */
export const DOCUMENTED_RENDITION: DocumentedRoute = {
  errors: { 400: ['unsupported-variant'], 404: ['not-found'], 422: ['undecodable-image'] },
  responses: {
    200: {
      description: 'The picture. It never changes, so it can be cached for a year.',
      headers: {
        'cache-control': { schema: { type: 'string' } },
        etag: { schema: { type: 'string' } },
      },
      content: Object.fromEntries(ENCODED_FORMATS.map((format) => [`image/${format}`, binary])),
    },
    302: { description: 'The address of a large picture, valid for a minute.' },
    304: { description: 'The picture has the entity tag in If-None-Match.' },
    307: { description: 'The same address: the picture has now been stored.' },
  },
};
