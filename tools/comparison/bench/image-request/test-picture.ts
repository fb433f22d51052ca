import sharp from 'sharp';

const width = 3000;
const height = 2000;

/**
 * A deterministic JPEG of 3000×2000 px with the file size of a photograph: soft shapes, some edges, and noise, because
 * pictures without noise decode and encode faster than photographs.
 */
export async function testPicture(): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  let grain = 1;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      // The linear congruential generator of Numerical Recipes, which is cheap and good enough for noise.
      grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0;
      const noise = (grain >>> 28) - 8;
      const wave = Math.sin(x / 170) + Math.cos(y / 130) + Math.sin((x + 2 * y) / 61) / 2;
      const edge = (x * 7 + y * 3) % 900 < 40 ? 45 : 0;
      pixels[at] = clamp(120 + 40 * wave + edge + noise);
      pixels[at + 1] = clamp(110 + 30 * wave - edge + noise);
      pixels[at + 2] = clamp(130 - 35 * wave + noise);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
