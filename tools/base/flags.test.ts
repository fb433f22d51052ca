import { expect, test } from 'vitest';
import { parseFlags } from './flags.ts';
import { HelpAsked } from './user-error.ts';

const usage = 'npm run thing -- [--name n]\n\nDoes a thing.';
const parse = (...args: string[]) => parseFlags(args, { name: { type: 'string' } }, usage);

test('flags and words come apart', () => {
  const { values, positionals } = parse('one', '--name', 'n');
  expect([values.name, positionals]).toEqual(['n', ['one']]);
});

test('a flag that does not exist is one line with the usage', () => {
  expect(() => parse('--nmae', 'n')).toThrow(
    /^Unknown option '--nmae'?\. Usage: npm run thing -- \[--name n\]$/,
  );
});

test.each(['--help', '-h'])('%s is answered with everything there is to know', (flag) => {
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
