import { join } from 'node:path';
import sharp from 'sharp';
import { audio } from './audio/index.ts';
import { desk } from './desk/index.ts';
import { keptPicture } from '../kept-picture.ts';
import { kitchen } from './kitchen/index.ts';
import { living } from './living/index.ts';
import { outdoors } from './outdoors/index.ts';
import { createSketch, type Drawings } from './sketch.ts';

/** A width of the image service. Larger ones are not enlarged; drawing at 2600 takes four times as long. */
const pictureWidthPx = 1280;

const drawings: Drawings = { ...audio, ...desk, ...kitchen, ...living, ...outdoors };

/**
 * The drawing of a product as SVG, so many pixels wide; it needs no fonts and no other file.
 *
 * @throws Error when there is no drawing of that name
 */
export function drawProduct(product: { readonly id: string }, widthPx: number): string {
  const draw = drawings[product.id];
  if (!draw) throw new Error(`there is no drawing of ${product.id}`);
  const sketch = createSketch();
  draw(sketch);
  return sketch.toSvg(widthPx);
}

/** Beside what the builds make: ignored by git, and may be removed at any time. */
const keptIn = join(import.meta.dirname, '../../../../dist/.cache/pictures');

const jpegSettings = { quality: 88 };

/**
 * Makes the pictures of products: JPEGs of 1280 × 960 pixels, the same on every run. Each is made once (0.1 s of a core),
 * kept in a folder under its drawing, and in memory (3 MB for all), since three shops are seeded with the same ones.
 */
export function productPictures(
  folder: string,
): (product: { readonly id: string }) => Promise<Buffer> {
  const known = new Map<string, Promise<Buffer>>();
  return async (product) => {
    const kept = known.get(product.id);
    if (kept) return kept;
    const svg = drawProduct(product, pictureWidthPx);
    const inputs = JSON.stringify([sharp.versions, jpegSettings, svg]);
    const picture = keptPicture(folder, inputs, () =>
      sharp(Buffer.from(svg)).jpeg(jpegSettings).toBuffer(),
    );
    known.set(product.id, picture);
    return picture;
  };
}

/** The picture of a product, see {@link productPictures}. @throws Error when there is no drawing of that name */
export const drawProductPicture = productPictures(keptIn);
