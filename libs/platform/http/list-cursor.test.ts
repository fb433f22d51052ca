import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './list-cursor.ts';

const filter = { accountId: 'ann' };

it('returns the position only with the filter that the cursor was created for', () => {
  const cursor = encodeCursor('2026-11-22T10:00:00.000Z#käse', filter);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(decodeCursor(cursor, filter)).toBe('2026-11-22T10:00:00.000Z#käse');
  expect(() => decodeCursor(cursor, { accountId: 'bob' })).toThrow('invalid-cursor');
});

it.each(['', 'x', '%', 'AAAA', 'a'.repeat(400)])('rejects %j', (cursor) => {
  expect(() => decodeCursor(cursor, filter)).toThrow('invalid-cursor');
});
