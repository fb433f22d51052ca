import { type Variant, variantKey } from '../core/index.ts';

/** Part of the entity tag: raise it when encoder settings change what a URL returns. */
const encoderRevision = 1;

/**
 * Known without making the variant, since an original never changes. Weak, because two versions of
 * an encoder may write different bytes of the same picture.
 */
export function entityTag(variant: Variant): string {
  return `W/"${variantKey(variant)}.${encoderRevision}"`;
}

/** RFC 9110, 13.1.2: `*`, or a list compared weakly. */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  const listed = ifNoneMatch.split(',').map(opaque);
  return listed.includes('*') || listed.includes(opaque(tag));
}
