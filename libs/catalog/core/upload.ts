/** Content types that a product's picture may have: those that the images context decodes. */
export const IMAGE_CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type ImageContentType = (typeof IMAGE_CONTENT_TYPES)[number];

/** Other names of these types in browsers (Chromium and Firefox know all three) and in operating systems. */
const ALIASES = new Map<string, ImageContentType>([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
]);

/** `type/subtype` with optional parameters (RFC 9110, section 8.3.1). */
const MEDIA_TYPE = /^[ \t]*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[ \t]*(?:;.*)?$/;

/**
 * The content type that a media type means: letter case and parameters do not matter.
 * @returns undefined if a picture cannot have it
 */
export function imageContentTypeOf(mediaType: string): ImageContentType | undefined {
  const name = MEDIA_TYPE.exec(mediaType)?.[1]?.toLowerCase() ?? '';
  return ALIASES.get(name) ?? IMAGE_CONTENT_TYPES.find((type) => type === name);
}

/** Largest upload; the ticket's policy enforces it. */
export const MAX_UPLOAD_BYTES = 15_000_000;

/** Lifetime of an upload ticket. */
export const TICKET_SECONDS = 600;

/**
 * The time in which an upload is judged, in seconds: the lifetime of its ticket, and all deliveries of
 * its message with the waits between them, which take 15 minutes, three times over. A verdict that
 * arrives later, because the message was redriven from the dead-letter queue, still counts.
 */
export const JUDGED_WITHIN_SECONDS = 3_600;

/** The code of an upload without a verdict after {@link JUDGED_WITHIN_SECONDS}. */
export const NOT_JUDGED = 'not-judged';

/** `attached` means accepted. It is not shown if a newer upload was accepted first. */
export type UploadStatus = 'pending' | 'attached' | 'rejected';

/** One upload of a picture for a product. */
export interface Upload {
  readonly imageId: string;
  readonly productId: string;
  readonly contentType: ImageContentType;
  readonly status: UploadStatus;
  /** Why it was rejected. */
  readonly code?: string;
  /** Seconds since 1970 after which a pending upload counts as absent. Decided ones have none. */
  readonly expiresAtSeconds?: number;
}
