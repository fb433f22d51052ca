import { expect, it } from 'vitest';
import { matchesEntityTag } from './entity-tag.ts';

const tag = 'W/"images/i1/w640.webp.1"';

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
