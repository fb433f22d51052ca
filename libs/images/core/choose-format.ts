import type { EncodedFormat } from './variant.ts';

/**
 * The smallest format the client names in its Accept header: AVIF, then WebP, then JPEG, which
 * everything shows. A wildcard does not count as naming: `curl` sends one, and so do old browsers.
 * `edge/viewer-request.js` makes the same choice for the CDN, and a test holds the two together.
 */
export function chooseFormat(accept: string | undefined): EncodedFormat {
  const named = new Set(
    (accept ?? '').split(',').flatMap((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [type];
    }),
  );
  if (named.has('image/avif')) return 'avif';
  if (named.has('image/webp')) return 'webp';
  return 'jpeg';
}
