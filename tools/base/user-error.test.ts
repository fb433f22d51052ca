import { expect, test } from 'vitest';
import { oneLine, UserError } from './user-error.ts';

const systemError = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: raw words of the system`), { code, ...more });

test('what the user can mend is told in the words of the error', () => {
  expect(oneLine(new UserError('Do this.'))).toBe('Do this.');
});

test.each([
  ['EADDRINUSE', { port: 4001 }, /^Port 4001 is taken: .*--port/],
  ['ENOSPC', {}, /^The disk is full: free some space/],
  ['EACCES', { path: '.triptych' }, /^Cannot write \.triptych/],
  ['EMFILE', {}, /^Too many open files: .*ulimit/],
])('%s is one line that says what to do', (code, more, words) => {
  const line = oneLine(systemError(code, more));
  expect(line).toMatch(words);
  expect(line).not.toContain('\n');
});

test('any other error is its first line, and how to see more', () => {
  expect(oneLine(new Error('first\n    at somewhere (file.ts:1:1)'))).toBe(
    'first (set TRIPTYCH_DEBUG=1 for details)',
  );
});
