import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, MAX_WORDS, productWords, wordsOf } from './words.ts';

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

  it('do not depend on case or Unicode normalization, and are distinct', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        const words = wordsOf(text);
        expect(wordsOf(text.toUpperCase())).toEqual(words);
        expect(wordsOf(text.normalize('NFD'))).toEqual(words);
        expect(new Set(words).size).toBe(words.length);
      }),
      { seed: 7 },
    );
  });

  it('of a product are at most 40, starting with those of its name', () => {
    const text = (letter: string) =>
      Array.from({ length: 39 }, (_, n) => `${letter}${n}`).join(' ');
    const words = productWords({ name: text('n'), category: 'lamps', description: text('d') });
    expect(words).toHaveLength(MAX_WORDS);
    expect(words.slice(-2)).toEqual(['n38', 'lamps']);
  });
});
