import { expect, test } from 'vitest';
import { oneLine, UserError } from './user-error.ts';

const systemError = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: raw system message`), { code, ...more });

test('prints the message of an error that the user can fix', () => {
  expect(oneLine(new UserError('Do this.'))).toBe('Do this.');
});

test.each([
  ['EADDRINUSE', { port: 4001 }, /^Port 4001 is taken: .*--port/],
  ['ENOSPC', {}, /^The disk is full: free some space/],
  ['EACCES', { path: '.triptych' }, /^Cannot write \.triptych/],
  ['EMFILE', {}, /^Too many open files: .*ulimit/],
])('turns %s into one line that says what to do', (code, more, words) => {
  const line = oneLine(systemError(code, more));
  expect(line).toMatch(words);
  expect(line).not.toContain('\n');
});

test('prints the first line of any other error, and how to see the rest', () => {
  expect(oneLine(new Error('first\n    at somewhere (file.ts:1:1)'))).toBe(
    'first (set TRIPTYCH_DEBUG=1 for details)',
  );
});
