import { expect, test } from 'vitest';
import { slashedPath } from './slashed-path.ts';

test('replaces Windows separators', () => {
  expect(slashedPath('apps\\hybrid\\auth.ts', '\\')).toBe('apps/hybrid/auth.ts');
});

test('leaves a path with slashes unchanged', () => {
  expect(slashedPath('apps/hybrid/auth.ts')).toBe('apps/hybrid/auth.ts');
});
