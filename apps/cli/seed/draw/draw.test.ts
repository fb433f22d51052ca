import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seedProducts } from '../products/index.ts';
import { drawProduct, drawProductPicture } from './index.ts';

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
    const picture = await drawProductPicture({ id: 'lantern' });
    expect(await sharp(picture).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1280,
      height: 960,
    });
    expect(await drawProductPicture({ id: 'lantern' })).toBe(picture);
  });

  it('fill the sheet: no corner is left blank', async () => {
    for (const product of seedProducts) {
      const svg = Buffer.from(drawProduct(product, 260));
      const { channels } = await sharp(svg).stats();
      expect(channels.at(3)?.min ?? 255).toBe(255);
    }
  });

  it('are refused for products that have none', async () => {
    await expect(drawProductPicture({ id: 'unicorn' })).rejects.toThrow('unicorn');
  });
});
