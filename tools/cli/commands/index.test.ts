import { HelpAsked } from '@triptych/base/user-error';
import { expect, test } from 'vitest';
import { commands, renderHelp } from './index.ts';

test.each(Object.keys(commands))('%s --help describes the command', async (name) => {
  const run = await commands[name]?.load();
  const asked = await run?.(['--help']).catch((error: unknown) => error);
  expect(asked).toBeInstanceOf(HelpAsked);
  const { help } = asked as HelpAsked;
  expect(help).toMatch(
    new RegExp(`^Usage: npm (run )?(--silent )?${name} -- |^Usage: npm run ${name}\n`),
  );
  expect(help.split('\n').length).toBeGreaterThan(2);
});

test('help lists every command', () => {
  for (const name of Object.keys(commands)) expect(renderHelp()).toContain(`\n  ${name} `);
});
