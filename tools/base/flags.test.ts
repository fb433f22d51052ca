import { expect, test } from 'vitest';
import { parseFlags } from './flags.ts';
import { HelpAsked } from './user-error.ts';

const usage = 'npm run thing -- [--name n]\n\nDoes a thing.';
const parse = (...args: string[]) => parseFlags(args, { name: { type: 'string' } }, usage);

test('separates flags from positional arguments', () => {
  const { values, positionals } = parse('one', '--name', 'n');
  expect([values.name, positionals]).toEqual(['n', ['one']]);
});

test('reports an unknown flag in one line, with the usage', () => {
  expect(() => parse('--nmae', 'n')).toThrow(
    /^Unknown option '--nmae'?\. Usage: npm run thing -- \[--name n\]$/,
  );
});

test.each(['--help', '-h'])('%s returns the full help', (flag) => {
  const asked = (() => {
    try {
      return parse('one', flag);
    } catch (error) {
      return error;
    }
  })();
  expect(asked).toBeInstanceOf(HelpAsked);
  expect((asked as HelpAsked).help).toBe(`Usage: ${usage}`);
});
