import { expect, it } from 'vitest';
import { fromPageToken, pageOf, toPageToken } from './page-token.ts';

const page = (limit: number, token?: string) =>
  pageOf(['a', 'b', 'c', 'd', 'e'], {
    scope: 'letters',
    token,
    limit,
    keyOf: (letter) => letter,
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

it.each(['', 'zzz', toPageToken('numbers', 'a'), toPageToken('letters', 'z')])(
  'rejects the token %j',
  (token) => {
    expect(() => page(2, token)).toThrow('invalid');
  },
);

it('recognizes a token only in its own form', () => {
  const token = toPageToken('letters', 'ä/€');
  expect(fromPageToken('letters', token)).toBe('ä/€');
  expect(fromPageToken('letters', `${token}=`)).toBeUndefined();
  expect(fromPageToken('letters', token.slice(1))).toBeUndefined();
});
