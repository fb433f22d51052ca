import type { RenditionLinks } from '../core/index.ts';

/**
 * How to answer with a rendition that is too large for a function's response:
 *
 * - `stream`: send it; containers have no limit;
 * - `same-url`: 307 to the same URL, where a CDN now finds it in its bucket. Without a CDN in
 *   front, this redirects for ever;
 * - `redirectTo`: 302 to a link to the stored rendition.
 */
export type LargeRenditions = 'stream' | 'same-url' | { readonly redirectTo: RenditionLinks };

/**
 * A function's response is limited to 6 MiB. Base64 turns three bytes into four, so 4.5 MB of
 * picture become 6.0 MB of text, which leaves 0.29 MB for headers and JSON.
 */
export const MAX_FUNCTION_ANSWER_BYTES = 4_500_000;
