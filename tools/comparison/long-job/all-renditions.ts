import { ENCODED_FORMATS, type Rendition, WIDTHS_PX } from '@triptych/images/core';

export type { Rendition };

/** All renditions of a picture: seven widths in three formats. */
export function allRenditions(imageId: string): Rendition[] {
  return WIDTHS_PX.flatMap((widthPx) =>
    ENCODED_FORMATS.map((format) => ({ imageId, widthPx, format })),
  );
}
