import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, mostWords, productWords, wordsOf } from './words.ts';

describe('words', () => {
  it.each([
    ['Café CRÈME', ['cafe', 'creme']],
    ['cafe\u0301', ['cafe']],
    ['Straße, STRASSE, STRAẞE', ['strasse']],
    ['USB-C 3.0', ['usb', 'c', '3', '0']],
    ['ｆｕｌｌ ﬁt', ['full', 'fit']],
    ['ΟΔΟΣ οδος', ['οδοσ']],
    ['  !?  ', []],
    ['x'.repeat(50), ['x'.repeat(32)]],
  ])('of %j are %j', (text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });

  it('are the same however a text is written, so a product is found by its own words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(folded(folded(text))).toBe(folded(text));
        const words = wordsOf(text);
        expect(wordsOf(text.toUpperCase())).toEqual(words);
        expect(wordsOf(text.normalize('NFD'))).toEqual(words);
        expect(new Set(words).size).toBe(words.length);
      }),
      { seed: 7 },
    );
  });

  it('of a product are forty at most, those of its name first', () => {
    const text = (letter: string) =>
      Array.from({ length: 39 }, (_, n) => `${letter}${n}`).join(' ');
    const words = productWords({ name: text('n'), category: 'lamps', description: text('d') });
    expect(words).toHaveLength(mostWords);
    expect(words.slice(-2)).toEqual(['n38', 'lamps']);
  });
});
