import { expect, it } from 'vitest';
import { entityTag, matchesEntityTag } from './conditional.ts';

const rendition = { imageId: 'i1', widthPx: 640, format: 'webp' } as const;
const tag = entityTag(rendition);

it('gives each rendition of an image its own tag', () => {
  expect(entityTag({ ...rendition, format: 'avif' })).not.toBe(tag);
  expect(entityTag({ ...rendition, widthPx: 320 })).not.toBe(tag);
  expect(tag).toMatch(/^W\/"[^"]+"$/);
});

it.each([
  [tag, true],
  [tag.slice(2), true],
  [`"other", ${tag}`, true],
  ['*', true],
  ['"other"', false],
  ['', false],
  [undefined, false],
])('If-None-Match: %s → %s', (header, matches) => {
  expect(matchesEntityTag(header, tag)).toBe(matches);
});
