import type { ImageAccepted, ImageRejectCode } from '@triptych/events';
import type { Variant } from './variant.ts';

/** What is known of an original once it has been decoded. */
export type OriginalFacts = Pick<ImageAccepted['data'], 'widthPx' | 'heightPx' | 'format'>;

/** What was decided about an upload. */
export type Verdict = OriginalFacts | 'rejected';

/** Holds uploads until they are judged, and the verdicts for good. Both answer with strong consistency. */
export interface OriginalStore {
  /** The bytes of an upload; `too-large` without having read more than `maxBytes` of it. */
  readUpload(imageId: string, maxBytes: number): Promise<Uint8Array | 'missing' | 'too-large'>;
  /** Keeps an original unless there is a verdict already: the first stays, since variants are cached for a year. */
  keep(imageId: string, bytes: Uint8Array, facts: OriginalFacts): Promise<Verdict>;
  /** Remembers that there will be no original, unless there is a verdict already: the first stays. */
  reject(imageId: string): Promise<Verdict>;
  /** The verdict that holds; undefined when there is none yet. */
  verdict(imageId: string): Promise<Verdict | undefined>;
  /** Facts of an original; undefined when there is none. */
  facts(imageId: string): Promise<OriginalFacts | undefined>;
  /** The bytes of an original; undefined when there is none. */
  read(imageId: string): Promise<Uint8Array | undefined>;
  /** Removes an upload; no error when it is gone. */
  removeUpload(imageId: string): Promise<void>;
}

/** A stored variant; its bytes are left out when there are more of them than the caller can use. */
export interface StoredVariant {
  readonly sizeBytes: number;
  readonly bytes?: Uint8Array;
}

/** A cache of variants, for places where resizing again costs more than keeping. */
export interface VariantStore {
  find(variant: Variant, limits: { maxBytes: number }): Promise<StoredVariant | undefined>;
  save(variant: Variant, bytes: Uint8Array): Promise<void>;
}

/** Gives a stored variant's own address, good for a minute. */
export interface VariantLocator {
  locate(variant: Variant): Promise<string>;
}

/** Decodes, measures and resizes pictures. */
export interface ImageProcessor {
  /** Decodes every pixel. Whatever the bytes are, the answer is a verdict and not an error. */
  inspect(bytes: Uint8Array): Promise<OriginalFacts | 'unsupported'>;
  /** Upright, without metadata, never wider than the original. */
  resize(bytes: Uint8Array, variant: Variant): Promise<Uint8Array>;
}

/** Tells the other contexts what became of an upload; resolves once the bus has taken it. */
export interface ImageAnnouncer {
  accepted(data: ImageAccepted['data']): Promise<void>;
  rejected(data: { imageId: string; code: ImageRejectCode }): Promise<void>;
}
