import { decodeCursor, encodeCursor } from '@triptych/platform/http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const filter = { category: 'lamps' };

describe('cursors', () => {
  it('restore any position', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (position) => {
        expect(decodeCursor(encodeCursor(position, filter), filter)).toBe(position);
      }),
      { seed: 7 },
    );
  });

  it('are rejected if any one character is changed', () => {
    const cursor = encodeCursor('lamps#2026-01-01T00:00:00.000Z#p1', filter);
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => decodeCursor(changed, filter)).toThrow('invalid-cursor');
    }
  });

  it('are rejected with another filter', () => {
    const cursor = encodeCursor('p', filter);
    expect(() => decodeCursor(cursor, { category: null })).toThrow('invalid-cursor');
  });
});
