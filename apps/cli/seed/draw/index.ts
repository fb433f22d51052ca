import sharp from 'sharp';
import { audio } from './audio/index.ts';
import { desk } from './desk/index.ts';
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

const drawn = new Map<string, Promise<Buffer>>();

/**
 * The picture of a product: a JPEG of 1280 × 960 pixels, the same on every run. Each is made once a
 * process (3 MB for all), since three shops are seeded with the same ones.
 */
export async function drawProductPicture(product: { readonly id: string }): Promise<Buffer> {
  const known = drawn.get(product.id);
  if (known) return known;
  const svg = Buffer.from(drawProduct(product, pictureWidthPx));
  const picture = sharp(svg).jpeg({ quality: 88 }).toBuffer();
  drawn.set(product.id, picture);
  return picture;
}
