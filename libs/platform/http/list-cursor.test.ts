import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './list-cursor.ts';

const filter = { accountId: 'ann' };

it('brings a position back under the filter it was made with, and under no other', () => {
  const cursor = encodeCursor('2026-11-22T10:00:00.000Z#käse', filter);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(decodeCursor(cursor, filter)).toBe('2026-11-22T10:00:00.000Z#käse');
  expect(() => decodeCursor(cursor, { accountId: 'bob' })).toThrow('invalid-cursor');
});

it.each(['', 'x', '%', 'AAAA', 'a'.repeat(400)])('refuses %j', (cursor) => {
  expect(() => decodeCursor(cursor, filter)).toThrow('invalid-cursor');
});
