import { expect, it } from 'vitest';
import { hasDuplicateKeys } from './duplicate-keys.ts';

it.each([
  '{"a":1,"a":1}',
  '{"a":1,"b":{},"a":1}',
  '{"a":1,"\\u0061":2}',
  '[{"x":[{"a":1,"b":[],"a":{}}]}]',
  '{"a":{"b":1,"b":2}}',
  '{"a":[1,2],"c":"}","a":0}',
])('finds a duplicate key: %s', (text) => {
  JSON.parse(text);
  expect(hasDuplicateKeys(text)).toBe(true);
});

it.each([
  '1',
  '"a"',
  '{}',
  '{"a":"a","b":"a"}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '["a","a"]',
  '{"a":["b","b"],"b":1}',
  '{"a":"\\"a\\":1,\\"a\\":","b":"{\\"b\\""}',
  '{"a\\\\":1,"a":2}',
])('finds no duplicate key: %s', (text) => {
  JSON.parse(text);
  expect(hasDuplicateKeys(text)).toBe(false);
});

it('handles the largest body quickly', () => {
  expect(hasDuplicateKeys('['.repeat(32_000) + ']'.repeat(32_000))).toBe(false);
  expect(hasDuplicateKeys(`"${'\\\\'.repeat(32_000)}"`)).toBe(false);
});
