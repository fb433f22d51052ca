import { expect, test } from 'vitest';
import { countCodeLines } from './count-lines.ts';

test('comments and empty lines do not count', () => {
  const source = `/** One. */
import a from './a.ts';

/**
 * Two
 * lines.
 */
const url = 'http://x'; // beside code
// alone
  /* indented */
const b = a;
`;
  expect(countCodeLines(source)).toBe(3);
});
