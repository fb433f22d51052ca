import type { ImageAccepted, ImageRejectCode } from '@triptych/events';
import type { Rendition } from './rendition.ts';
import type { OriginalFacts, Verdict } from './verdict.ts';

/** Stores uploads until they are judged, and verdicts for ever. Reads are strongly consistent. */
export interface OriginalStore {
  /** Reads an upload. `too-large`: it has more than `maxBytes`, and its bytes were not read. */
  readUpload(imageId: string, maxBytes: number): Promise<Uint8Array | 'missing' | 'too-large'>;
  /** Stores an original unless there is already a verdict. Returns the verdict that now holds. */
  keep(imageId: string, bytes: Uint8Array, facts: OriginalFacts): Promise<Verdict>;
  /** Stores a rejection unless there is already a verdict. Returns the verdict that now holds. */
  reject(imageId: string, code: ImageRejectCode): Promise<Verdict>;
  /** The verdict on an image, if there is one. */
  verdict(imageId: string): Promise<Verdict | undefined>;
  /** The facts of an original, if the image was accepted. */
  facts(imageId: string): Promise<OriginalFacts | undefined>;
  /** The bytes of an original, if the image was accepted. */
  read(imageId: string): Promise<Uint8Array | undefined>;
  /** Removes an upload, if it is there. */
  removeUpload(imageId: string): Promise<void>;
}

/** A stored rendition. The bytes are absent if there are more than the caller asked for. */
export interface StoredRendition {
  readonly sizeBytes: number;
  readonly bytes?: Uint8Array;
}

/** A cache of renditions, for deployments in which storing one costs less than making it again. */
export interface RenditionStore {
  find(rendition: Rendition, limits: { maxBytes: number }): Promise<StoredRendition | undefined>;
  save(rendition: Rendition, bytes: Uint8Array): Promise<void>;
}

/** Creates links to stored renditions. A link is valid for one minute. */
export interface RenditionLinks {
  linkTo(rendition: Rendition): Promise<string>;
}

/** Decodes and resizes pictures. */
export interface ImageProcessor {
  /**
   * Judges a file by decoding every pixel, as `resize` does. Only what the decoder says about the
   * bytes is a verdict.
   * @throws AppError unavailable `overloaded` (out of time), Error (any other fault that may pass,
   * such as a lack of memory)
   */
  inspect(bytes: Uint8Array): Promise<Verdict>;
  /**
   * Makes a rendition: upright, in sRGB, without metadata, in the size of {@link renditionSize}.
   * @throws AppError unavailable `overloaded` (out of time), unprocessable `undecodable-image` (an
   * original that `inspect` rejects, but an older version accepted)
   */
  resize(bytes: Uint8Array, rendition: Rendition): Promise<Uint8Array>;
}

/** Announces verdicts to the other contexts. A call resolves once the bus has taken the event. */
export interface ImageAnnouncer {
  accepted(data: ImageAccepted['data']): Promise<void>;
  rejected(data: { imageId: string; code: ImageRejectCode }): Promise<void>;
}
