import sharp from 'sharp';
import { expect, test } from 'vitest';
import { padToSize } from './picture-of-size.ts';

const small = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#246' } })
    .jpeg()
    .toBuffer();

test('padding changes the size but not the pixels', async () => {
  const picture = await small();
  const pixels = await sharp(picture).raw().toBuffer();
  for (const more of [4, 5, 1000, 65_533 + 4, 65_533 + 5, 65_533 + 8, 200_000]) {
    const filled = padToSize(picture, picture.length + more);
    expect(filled.length).toBe(picture.length + more);
    expect(await sharp(filled, { failOn: 'warning' }).raw().toBuffer()).toEqual(pixels);
  }
});

test('a target size below the picture’s own is rejected', async () => {
  const picture = await small();
  expect(() => padToSize(picture, picture.length - 1)).toThrow(RangeError);
  expect(() => padToSize(picture, picture.length + 3)).toThrow(RangeError);
});
