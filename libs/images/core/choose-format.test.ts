import { expect, it } from 'vitest';
import { chooseFormat } from './choose-format.ts';

it.each([
  ['image/avif,image/webp,image/apng,*/*;q=0.8', 'avif'],
  ['image/webp,*/*', 'webp'],
  ['image/webp;q=0.1, image/avif;q=0.01', 'avif'],
  ['IMAGE/AVIF', 'avif'],
  ['image/avif;q=0, image/webp', 'webp'],
  ['image/avif;q=0.000,image/webp; q=0', 'jpeg'],
  ['*/*', 'jpeg'],
  ['image/*', 'jpeg'],
  ['text/html', 'jpeg'],
  ['', 'jpeg'],
  [',,;;', 'jpeg'],
  [undefined, 'jpeg'],
])('chooses for Accept: %s the format %s', (accept, format) => {
  expect(chooseFormat(accept)).toBe(format);
});
