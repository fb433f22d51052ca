import { expect, it } from 'vitest';
import { entityTag } from './conditional.ts';

const rendition = { imageId: 'i1', widthPx: 640, format: 'webp' } as const;
const tag = entityTag(rendition);

it('gives each rendition of an image its own tag', () => {
  expect(entityTag({ ...rendition, format: 'avif' })).not.toBe(tag);
  expect(entityTag({ ...rendition, widthPx: 320 })).not.toBe(tag);
  expect(tag).toMatch(/^W\/"[^"]+"$/);
});
