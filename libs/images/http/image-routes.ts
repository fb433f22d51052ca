import { AppError } from '@triptych/platform/errors';
import type { HttpPlugin } from '@triptych/platform/http';
import type { FastifyReply } from 'fastify';
import {
  chooseFormat,
  type Images,
  parseFormat,
  parseWidth,
  type Variant,
  variantKey,
} from '../core/index.ts';
import { entityTag, matchesEntityTag } from './conditional.ts';
import { functionAnswerBytes, type LargeVariants } from './large-variants.ts';
import { VariantHeaders, VariantParams } from './variant-schemas.ts';

/** A variant's URL always means the same picture. */
const immutable = 'public, max-age=31536000, immutable';

/** A gateway waits 29 s; the largest AVIF of a 50-megapixel original takes most of ours on a small machine. */
const handlerTimeout = 25_000;

const imageIdPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** `GET /images/{imageId}/w{width}.{format}` in every variant; only `largeVariants` differs. */
export function imageRoutes(options: {
  images: Pick<Images, 'variants'>;
  largeVariants: LargeVariants;
}): HttpPlugin {
  const { variants } = options.images;
  const { largeVariants } = options;
  const maxBytes = largeVariants === 'stream' ? Number.POSITIVE_INFINITY : functionAnswerBytes;

  const redirect = async (reply: FastifyReply, variant: Variant) => {
    // A redirect that is kept would outlive the address it points to.
    reply.header('cache-control', 'no-store');
    if (typeof largeVariants === 'object') {
      return reply.redirect(await largeVariants.redirectTo.locate(variant), 302);
    }
    return reply.redirect(`/${variantKey(variant)}`, 307);
  };

  return async (app) => {
    app.get(
      '/images/:imageId/w:width.:format',
      {
        handlerTimeout,
        schema: {
          tags: ['images'],
          summary: 'A picture, resized and encoded',
          params: VariantParams,
          headers: VariantHeaders,
        },
      },
      async (request, reply) => {
        const { imageId, width, format } = request.params;
        const widthPx = parseWidth(width);
        const asked = parseFormat(format);
        if (asked === 'auto') reply.header('vary', 'Accept');
        if (!imageIdPattern.test(imageId)) throw notFound();

        const encoded = asked === 'auto' ? chooseFormat(request.headers.accept) : asked;
        const variant: Variant = { imageId, widthPx, format: encoded };
        const tag = entityTag(variant);
        // The pages that show these pictures live on other origins.
        reply.header('cross-origin-resource-policy', 'cross-origin');

        if (matchesEntityTag(request.headers['if-none-match'], tag)) {
          if (!(await variants.exists(imageId))) throw notFound();
          return reply.code(304).headers({ 'cache-control': immutable, etag: tag }).send();
        }
        const served = await variants.serve(variant, maxBytes);
        if (served.kind === 'stored') return redirect(reply, variant);
        return reply
          .headers({ 'cache-control': immutable, etag: tag, 'content-type': `image/${encoded}` })
          .send(served.bytes);
      },
    );
  };
}

function notFound(): AppError {
  return new AppError('not-found', 'not-found', 'No such image.');
}
