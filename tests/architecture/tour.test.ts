import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read } from './support/repository-files.ts';

const TOUR = 'docs/tour.md';

/** Links of the form [`symbol`](path.ts#symbol). */
const links = [...read(TOUR).matchAll(/\[`([^`]+)`\]\(([^)#\s]+)#([^)\s]+)\)/g)].map(
  ([, text = '', path = '', symbol = '']) => ({ text, file: join(dirname(TOUR), path), symbol }),
);

test('the tour links to symbols', () => {
  expect(links.length).toBeGreaterThan(20);
});

describe('the tour', () => {
  test.each(links)('names $symbol, which $file exports', ({ text, file, symbol }) => {
    expect(text).toBe(symbol);
    expect(read(file)).toMatch(
      new RegExp(`^export (async )?(function|const|class|interface|type) ${symbol}\\b`, 'm'),
    );
  });
});
