import { encodedFormats, type Variant, widthsPx } from '@triptych/images/core';

export type { Variant };

/** Everything that can be asked for of one picture: seven widths in three formats. */
export function allVariants(imageId: string): Variant[] {
  return widthsPx.flatMap((widthPx) =>
    encodedFormats.map((format) => ({ imageId, widthPx, format })),
  );
}
