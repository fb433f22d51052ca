import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askPassword } from './ask-password.ts';

function terminal(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  return { input, output, shown: () => String(output.read() ?? '') };
}

it('prompts on a terminal and does not echo the answer', async () => {
  const { input, output, shown } = terminal(true);
  const asked = askPassword('Password: ', { input, output });
  input.write('hush huxh\x7f\x7fsh\r');
  expect(await asked).toBe('hush hush');
  expect(shown()).toBe('Password: \n');
});

it('reads the first line without a prompt when the input is not a terminal', async () => {
  const { input, output, shown } = terminal(false);
  input.end('from a file\nanother line\n');
  expect(await askPassword('Password: ', { input, output })).toBe('from a file');
  expect(shown()).toBe('');
});

it.each([true, false])('rejects when no password is entered (terminal: %s)', async (isTTY) => {
  const { input, output } = terminal(isTTY);
  const asked = askPassword('Password: ', { input, output });
  if (isTTY) input.write('\x03');
  else input.end();
  await expect(asked).rejects.toThrow('No password was entered');
});
