import { expect, it } from 'vitest';
import { fromPageToken, pageOf, toPageToken } from './page-token.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];

const page = (limit: number, token?: string, { letters = LETTERS, descending = false } = {}) =>
  pageOf(letters, {
    ...{ scope: 'letters', token, limit, descending },
    keyOf: (letter) => [letter],
    invalidToken: () => new Error('invalid'),
  });

it('returns every item once, and a token only when items are left', () => {
  const first = page(2);
  const second = page(2, first.nextToken);
  const third = page(2, second.nextToken);
  expect([first.items, second.items, third.items]).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(third.nextToken).toBeUndefined();
  expect(page(5).nextToken).toBeUndefined();
});

it.each([
  ['its last item was', ['a', 'c', 'd', 'e']],
  ['all of its items were', ['c', 'd', 'e']],
])('continues after a page when %s deleted', (_, letters) => {
  const { nextToken } = page(2);
  expect(page(5, nextToken, { letters }).items).toEqual(['c', 'd', 'e']);
});

it('returns an empty page when all later items were deleted', () => {
  expect(page(2, page(2).nextToken, { letters: ['a'] })).toEqual({ items: [] });
});

it('does not repeat an item when an earlier one was added', () => {
  const letters = ['aa', ...LETTERS];
  expect(page(1, page(2).nextToken, { letters }).items).toEqual(['c']);
});

it('continues a descending list downwards', () => {
  const { items, nextToken } = page(2, undefined, { descending: true });
  expect(items).toEqual(['e', 'd']);
  const letters = ['a', 'b', 'c', 'e'];
  expect(page(2, nextToken, { letters, descending: true }).items).toEqual(['c', 'b']);
});

it('compares numbers by value and ties by the next part of the key', () => {
  const { items } = pageOf([[10, 'b'] as const, [9, 'z'] as const, [10, 'a'] as const], {
    ...{ scope: 'pairs', token: undefined, limit: 3 },
    keyOf: (pair) => pair,
    invalidToken: () => new Error('invalid'),
  });
  expect(items.map(([, text]) => text)).toEqual(['z', 'a', 'b']);
});

it.each(['', 'zzz', toPageToken('numbers', '["a"]')])('rejects the token %j', (token) => {
  expect(() => page(2, token)).toThrow('invalid');
});

it('recognizes a token only in its own form', () => {
  const token = toPageToken('letters', 'ä/€');
  expect(fromPageToken('letters', token)).toBe('ä/€');
  expect(fromPageToken('letters', `${token}=`)).toBeUndefined();
  expect(fromPageToken('letters', token.slice(1))).toBeUndefined();
});
