import { AppError } from '@triptych/platform/errors';
import { type HttpPlugin, matchesEntityTag } from '@triptych/platform/http';
import type { FastifyReply } from 'fastify';
import {
  chooseFormat,
  type Images,
  parseFormat,
  parseWidth,
  RENDITION_CACHE_CONTROL,
  type Rendition,
  renditionPath,
} from '../core/index.ts';
import { entityTag } from './conditional.ts';
import { type LargeRenditions, MAX_FUNCTION_ANSWER_BYTES } from './large-renditions.ts';
import { DOCUMENTED_RENDITION, RenditionHeaders, RenditionParams } from './rendition-schemas.ts';

/** A gateway waits 29 s. A rendition takes a few seconds on a busy machine, and may have to wait. */
const HANDLER_TIMEOUT_MS = 25_000;

const IMAGE_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** `GET /images/{imageId}/w{width}.{format}`. Variants differ only in `largeRenditions`. */
export function imageRoutes(options: {
  images: Pick<Images, 'serveRendition' | 'imageExists'>;
  largeRenditions: LargeRenditions;
}): HttpPlugin {
  const { images, largeRenditions } = options;
  const maxBytes =
    largeRenditions === 'stream' ? Number.POSITIVE_INFINITY : MAX_FUNCTION_ANSWER_BYTES;

  const redirect = async (reply: FastifyReply, rendition: Rendition) => {
    // A cached redirect would outlive the link it points to.
    reply.header('cache-control', 'no-store');
    if (typeof largeRenditions === 'object') {
      return reply.redirect(await largeRenditions.redirectTo.linkTo(rendition), 302);
    }
    return reply.redirect(`/${renditionPath(rendition)}`, 307);
  };

  return async (app) => {
    app.get(
      '/images/:imageId/w:width.:format',
      {
        handlerTimeout: HANDLER_TIMEOUT_MS,
        schema: {
          operationId: 'readRendition',
          tags: ['images'],
          summary: 'A picture, resized and encoded',
          params: RenditionParams,
          headers: RenditionHeaders,
          documented: DOCUMENTED_RENDITION,
        },
      },
      async (request, reply) => {
        const { imageId, width, format } = request.params;
        const widthPx = parseWidth(width);
        const requested = parseFormat(format);
        if (requested === 'auto') reply.header('vary', 'Accept');
        if (!IMAGE_ID_PATTERN.test(imageId)) throw notFound();

        const encoded = requested === 'auto' ? chooseFormat(request.headers.accept) : requested;
        const rendition: Rendition = { imageId, widthPx, format: encoded };
        const tag = entityTag(rendition);
        const cacheable = { 'cache-control': RENDITION_CACHE_CONTROL, etag: tag };
        // The pages that show these pictures are served from other origins.
        reply.header('cross-origin-resource-policy', 'cross-origin');

        if (matchesEntityTag(request.headers['if-none-match'], tag)) {
          if (!(await images.imageExists(imageId))) throw notFound();
          return reply.code(304).headers(cacheable).send();
        }
        const served = await images.serveRendition({ rendition, maxBytes });
        if (served.kind === 'stored') return redirect(reply, rendition);
        const contentType = `image/${encoded}`;
        return reply.headers({ ...cacheable, 'content-type': contentType }).send(served.bytes);
      },
    );
  };
}

function notFound(): AppError {
  return new AppError('not-found', 'not-found', 'No such image.');
}
