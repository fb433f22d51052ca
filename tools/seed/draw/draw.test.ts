import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { seedProducts } from '../products/index.ts';
import { drawProduct, productPictures } from './index.ts';

const folder = await mkdtemp(join(tmpdir(), 'triptych-pictures-'));
afterAll(() => rm(folder, { recursive: true }));

describe('drawings', () => {
  it('exist for every product, no two alike', () => {
    const svgs = seedProducts.map((product) => drawProduct(product, 1300));
    expect(new Set(svgs).size).toBe(seedProducts.length);
  });

  it('are the same on every run, and stand alone', () => {
    for (const product of seedProducts) {
      const svg = drawProduct(product, 1300);
      expect(drawProduct(product, 1300)).toBe(svg);
      expect(svg).not.toMatch(/<text|<image|font|href|NaN|undefined/);
    }
  });

  it('become a JPEG 1280 pixels wide', async () => {
    const draw = productPictures(folder);
    const picture = await draw({ id: 'lantern' });
    expect(await sharp(picture).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1280,
      height: 960,
    });
    expect(await draw({ id: 'lantern' })).toBe(picture);
    const drawLater = productPictures(folder);
    expect(picture.equals(await drawLater({ id: 'lantern' }))).toBe(true);
  });

  it('fill the sheet: no corner is left blank', async () => {
    for (const product of seedProducts) {
      const svg = Buffer.from(drawProduct(product, 260));
      const { channels } = await sharp(svg).stats();
      expect(channels.at(3)?.min ?? 255).toBe(255);
    }
  });

  it('are refused for products that have none', async () => {
    await expect(productPictures(folder)({ id: 'unicorn' })).rejects.toThrow('unicorn');
  });
});
