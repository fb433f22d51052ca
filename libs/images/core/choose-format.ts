import type { EncodedFormat } from './rendition.ts';

/**
 * Chooses the smallest format that the client names in its Accept header: AVIF, then WebP, then
 * JPEG, which every client displays. Wildcards are ignored, because `curl` and old browsers send
 * them. `edge/viewer-request.js` makes the same choice for the CDN; a test compares the two.
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
