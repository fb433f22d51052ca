import { expect, it } from 'vitest';
import { itemBytes } from './item-size.ts';

it.each([
  ['a text in UTF-8', { S: 'é' }, 2],
  ['a number', { N: '12345' }, 4],
  ['a number without its zeros', { N: '0.0000001' }, 2],
  ['a round number', { N: '1200' }, 2],
  ['a negative number', { N: '-1' }, 3],
  ['a binary', { B: 'AAEC' }, 3],
  ['a null', { NULL: true }, 1],
  ['a set', { SS: ['a', 'bc'] }, 3],
  ['a list', { L: [{ S: 'a' }] }, 5],
  ['a map', { M: { k: { S: 'a' } } }, 6],
])('counts the bytes of %s and of its name', (_kind, value, bytes) => {
  expect(itemBytes({ n: value })).toBe(1 + bytes);
});
