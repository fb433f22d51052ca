import type { ImageAccepted, ImageRejectCode } from '@triptych/events';

/** The properties of an original, known once it has been decoded. */
export type OriginalFacts = Pick<ImageAccepted['data'], 'widthPx' | 'heightPx' | 'format'>;

/** The decision that a file cannot be served, and why. */
export interface Rejection {
  readonly rejected: ImageRejectCode;
}

/** The decision about an upload: the facts of the accepted original, or its rejection. */
export type Verdict = OriginalFacts | Rejection;

/** Whether a verdict is a rejection. */
export function isRejection(verdict: Verdict): verdict is Rejection {
  return 'rejected' in verdict;
}
