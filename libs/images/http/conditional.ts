import { type Rendition, renditionKey } from '../core/index.ts';

/** Part of the entity tag. Increment it when new encoder settings change what a URL returns. */
const ENCODER_REVISION = 1;

/**
 * The entity tag of a rendition. It is known without making the rendition, because an original
 * never changes. It is weak, because two versions of an encoder may write different bytes.
 */
export function entityTag(rendition: Rendition): string {
  return `W/"${renditionKey(rendition)}.${ENCODER_REVISION}"`;
}
