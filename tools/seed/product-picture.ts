import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import sharp from 'sharp';
import { keptPicture } from './kept-picture.ts';

/** One SVG per product, named after its id. Each is 2560 px wide, the largest width of the image service. */
export const PICTURES = join(import.meta.dirname, 'pictures');

/** Ignored by git, next to the build output. It can be deleted at any time. */
const CACHE = join(repositoryRoot, 'dist/.cache/pictures');

/** Optimized Huffman tables would save 20 % of the bytes and double the time of encoding. */
const JPEG = { quality: 82, optimizeCoding: false };

/**
 * Renders the pictures of products from their SVG files. Each becomes a JPEG of 2560 × 1920 px, cached in a folder and
 * in memory (7 MB for all), because three shops are seeded with the same pictures. Rendering one takes 0.1 s of a core.
 *
 * @param folder of the cache
 * @returns a function that rejects for a product without a picture
 */
export function productPictures(
  folder: string,
): (product: { readonly id: string }) => Promise<Buffer> {
  const rendered = new Map<string, Promise<Buffer>>();
  return (product) => {
    const known = rendered.get(product.id);
    if (known) return known;
    const picture = render(folder, product.id);
    rendered.set(product.id, picture);
    return picture;
  };
}

/** The picture of a product, see {@link productPictures}. @throws Error when the product has none */
export const productPicture = productPictures(CACHE);

async function render(folder: string, id: string): Promise<Buffer> {
  const svg = await readFile(join(PICTURES, `${id}.svg`)).catch((cause: unknown) => {
    throw new Error(`The product ${id} has no picture.`, { cause });
  });
  const inputs = JSON.stringify([sharp.versions, JPEG, svg.toString()]);
  // The pictures are opaque. Dropping the alpha channel is faster than blending it with a background.
  return keptPicture(folder, inputs, () => sharp(svg).removeAlpha().jpeg(JPEG).toBuffer());
}
