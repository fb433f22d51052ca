import sharp from 'sharp';
import { drawArmchair } from './armchair.ts';
import { drawBackpack } from './backpack.ts';
import { drawBottle } from './bottle.ts';
import { drawCuttingBoard } from './cutting-board.ts';
import { drawDeskLamp } from './desk-lamp.ts';
import { drawHeadphones } from './headphones.ts';
import { drawKettle } from './kettle.ts';
import { drawLantern } from './lantern.ts';
import { drawMug } from './mug.ts';
import { drawRubberPlant } from './rubber-plant.ts';
import { createSketch, type Sketch } from './sketch.ts';
import { drawSpeaker } from './speaker.ts';
import { drawTurntable } from './turntable.ts';

/** Wider than the widest variant, so that every width of the image service is a real reduction. */
const pictureWidthPx = 2600;

const drawings: Readonly<Record<string, (sketch: Sketch) => void>> = {
  armchair: drawArmchair,
  backpack: drawBackpack,
  bottle: drawBottle,
  'cutting-board': drawCuttingBoard,
  'desk-lamp': drawDeskLamp,
  headphones: drawHeadphones,
  kettle: drawKettle,
  lantern: drawLantern,
  mug: drawMug,
  'rubber-plant': drawRubberPlant,
  speaker: drawSpeaker,
  turntable: drawTurntable,
};

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
 * The picture of a product: a JPEG of 2600 × 1950 pixels, the same on every run. Each is made once a
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
