import { ENCODER_REVISION, type Rendition, renditionPath } from '../core/index.ts';

/**
 * The entity tag of a rendition. It is known without making the rendition, because an original
 * never changes. It is weak, because two versions of an encoder may write different bytes.
 */
export function entityTag(rendition: Rendition): string {
  return `W/"${renditionPath(rendition)}.${ENCODER_REVISION}"`;
}
