import { expect, test } from 'vitest';
import { slashedPath } from './slashed-path.ts';

test('replaces the separators of Windows', () => {
  expect(slashedPath('apps\\hybrid\\auth.ts', '\\')).toBe('apps/hybrid/auth.ts');
});

test('keeps a path that has slashes', () => {
  expect(slashedPath('apps/hybrid/auth.ts')).toBe('apps/hybrid/auth.ts');
});
