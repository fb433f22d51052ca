import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readJpegStructure } from './jpeg-markers.ts';

it('reads the first frame header only, so that many do not multiply the work', async () => {
  const create = { width: 16, height: 16, channels: 3 as const, background: '#336699' };
  const jpeg = await sharp({ create }).jpeg().toBuffer();
  const complete = { scans: 1, hasFrame: true, hasEnd: true, hasAllScans: true };
  expect(readJpegStructure(jpeg)).toEqual(complete);
  // Of 255 components, none of which a scan sends.
  const header = Uint8Array.of(0xff, 0xc0, 0, 8, 8, 0, 1, 0, 1, 255);
  const repeated = Buffer.concat([jpeg.subarray(0, -2), header, header, jpeg.subarray(-2)]);
  expect(readJpegStructure(repeated)).toEqual(complete);
});
