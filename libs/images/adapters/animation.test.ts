import { expect, it } from 'vitest';
import { isAnimated } from './animation.ts';

function chunk(name: string, data = Buffer.alloc(0)): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
}
const png = (...chunks: Buffer[]) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
const header = chunk('IHDR', Buffer.alloc(13));

it('detects an animated PNG', () => {
  expect(isAnimated(png(header, chunk('acTL', Buffer.alloc(8)), chunk('IDAT')))).toBe(true);
  expect(isAnimated(png(header, chunk('gAMA', Buffer.alloc(4)), chunk('IDAT')))).toBe(false);
});

it('ignores acTL within a chunk, and a chunk after the data', () => {
  expect(isAnimated(png(header, chunk('tEXt', Buffer.from('acTL')), chunk('IDAT')))).toBe(false);
  expect(isAnimated(png(header, chunk('IDAT'), chunk('acTL')))).toBe(false);
});

it('detects an AVIF image sequence by its brand', () => {
  expect(isAnimated(Buffer.from('\0\0\0\x20ftypavis\0\0\0\0'))).toBe(true);
  expect(isAnimated(Buffer.from('\0\0\0\x20ftypavif\0\0\0\0'))).toBe(false);
});

it('terminates on malformed files', () => {
  expect(isAnimated(Buffer.alloc(0))).toBe(false);
  expect(isAnimated(png())).toBe(false);
  expect(isAnimated(png(header).subarray(0, 15))).toBe(false);
  expect(isAnimated(png(Buffer.from('ffffffff49484452', 'hex')))).toBe(false);
});
