import { COORDINATIONS } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { filesOf, linesOf } from './code-files.ts';

test.each(COORDINATIONS)('the code of %s is counted without tests', (name) => {
  const files = filesOf(name);
  expect(new Set(files).size).toBe(files.length);
  expect(files.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
  expect(linesOf(name)).toBeGreaterThan(50);
});
