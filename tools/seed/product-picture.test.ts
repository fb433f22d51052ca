import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { PICTURES, productPictures } from './product-picture.ts';
import { seedProducts } from './products/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'triptych-pictures-'));
afterAll(() => rm(folder, { recursive: true }));

const fileOf = (id: string) => join(PICTURES, `${id}.svg`);

it('every product has one SVG file, and every SVG file a product', async () => {
  const names = await readdir(PICTURES);
  expect(names.toSorted()).toEqual(seedProducts.map(({ id }) => `${id}.svg`).toSorted());
});

describe.each(seedProducts)('the picture of $id', ({ id, name }) => {
  it('is 4:3, at least 2400 px wide, opaque to the corners, and small as a file', async () => {
    const svg = await readFile(fileOf(id), 'utf8');
    const { width, height } = await sharp(fileOf(id)).metadata();
    expect(width).toBeGreaterThanOrEqual(2400);
    expect(width / height).toBeCloseTo(4 / 3, 5);
    expect(svg.length).toBeLessThan(25_000);
    // An eighth of the size (72 dpi is the full size) shows holes as well and renders faster.
    const small = sharp(fileOf(id), { density: 9 }).ensureAlpha().raw();
    const pixels = await small.toBuffer();
    expect(pixels.length).toBe(4 * (width / 8) * (height / 8));
    expect(pixels.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
  });

  it('carries the name of the product', async () => {
    const title = /<title>([^<]*)<\/title>/.exec(await readFile(fileOf(id), 'utf8'))?.[1];
    expect(title?.replaceAll('&amp;', '&')).toBe(name);
  });

  it('needs no font, no other file, no script and no style sheet', async () => {
    const svg = await readFile(fileOf(id), 'utf8');
    expect(svg).not.toMatch(/<(text|tspan|image|use|script|style|foreignObject|a)\b/);
    expect(svg).not.toMatch(/href|@import|font|style=|\son\w+=|<[!?](?!--)|url\((?!#)/);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toContain('://');
  });

  it('defines each id once and refers to defined ids only', async () => {
    const svg = await readFile(fileOf(id), 'utf8');
    const defined = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(defined).size).toBe(defined.length);
    const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, name]) => name);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
  });
});

describe('rendering', () => {
  it('makes a JPEG as large as the SVG says, well below the upload limit of 15 MB', async () => {
    // The largest of the forty, because of the map under the compass.
    const picture = await productPictures(folder)({ id: 'compass' });
    expect(await sharp(picture).metadata()).toMatchObject({
      format: 'jpeg',
      width: 2560,
      height: 1920,
    });
    expect(picture.length).toBeLessThan(600_000);
  });

  it('happens once: afterwards the picture comes from memory or from the cache folder', async () => {
    const pictureOf = productPictures(folder);
    const picture = await pictureOf({ id: 'lantern' });
    expect(await pictureOf({ id: 'lantern' })).toBe(picture);
    const pictureOfLater = productPictures(folder);
    expect(picture.equals(await pictureOfLater({ id: 'lantern' }))).toBe(true);
  });

  it('rejects a product without a picture', async () => {
    await expect(productPictures(folder)({ id: 'unicorn' })).rejects.toThrow('unicorn');
  });
});
