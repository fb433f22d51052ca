import sharp from 'sharp';

const width = 3000;
const height = 2000;

/**
 * A JPEG of 3000×2000 px whose size is a camera's: soft shapes, some edges, and grain, since pictures without grain
 * decode and encode faster than photographs do. The same pixels every time.
 */
export async function testPicture(): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  let grain = 1;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      // Numerical Recipes' linear congruential generator: cheap, and the grain needs nothing better.
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
