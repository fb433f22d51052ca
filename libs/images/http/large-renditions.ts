import type { VariantLocator } from '../core/index.ts';

/**
 * What becomes of a variant too large for the answer:
 *
 * - `stream`: nothing is too large; containers answer with the bytes;
 * - `same-url`: 307 to the URL asked for, which a CDN finds in its bucket on the second try;
 * - `redirectTo`: 302 to the stored variant's own address.
 */
export type LargeVariants = 'stream' | 'same-url' | { readonly redirectTo: VariantLocator };

/**
 * A function's answer is at most 6 MiB, and base64 makes four bytes of three: 4.5 MB of picture
 * become 6.0 MB of text, and 0.29 MB are left for headers and JSON.
 */
export const functionAnswerBytes = 4_500_000;
