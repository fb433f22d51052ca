/** What may be uploaded as a product's picture. */
export const imageContentTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ImageContentType = (typeof imageContentTypes)[number];

/** Bounds of an upload; whoever issues the ticket writes them into its policy. */
export const uploadRules = { maxBytes: 15_000_000, ticketSeconds: 600 } as const;

/** `attached` also covers an accepted upload that a newer one had overtaken. */
export type UploadStatus = 'pending' | 'attached' | 'rejected';

/** One upload of a picture for a product. */
export interface Upload {
  readonly imageId: string;
  readonly productId: string;
  readonly contentType: ImageContentType;
  readonly status: UploadStatus;
  /** Why it was rejected. */
  readonly code?: string;
  /** Seconds since 1970 after which an upload that was never decided counts as absent. */
  readonly expiresAtSeconds?: number;
}
