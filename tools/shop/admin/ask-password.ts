import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { UserError } from '@triptych/base/user-error';

interface Terminal {
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Prompts for a password without echo, or reads one line when the input is not a terminal, so that the password reaches
 * neither the shell's history nor the screen.
 * @throws UserError when no password is entered
 */
export async function askPassword(
  question: string,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const { input, output } = terminal;
  const hidden = input.isTTY === true;
  // In terminal mode, readline echoes the input itself; this stream discards the echo.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: hidden });
  if (hidden) output.write(question);
  try {
    return await firstLine(lines);
  } finally {
    lines.close();
    if (hidden) output.write('\n');
  }
}

function firstLine(lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    const none = () => reject(new UserError('No password was entered.'));
    lines.once('line', resolve).once('close', none).once('SIGINT', none);
  });
}
