import { expect, it } from 'vitest';
import { entityTag, matchesEntityTag } from './conditional.ts';

const variant = { imageId: 'i1', widthPx: 640, format: 'webp' } as const;
const tag = entityTag(variant);

it('tells variants of one image apart', () => {
  expect(entityTag({ ...variant, format: 'avif' })).not.toBe(tag);
  expect(entityTag({ ...variant, widthPx: 320 })).not.toBe(tag);
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
