import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { UserError } from '@triptych/base/user-error';

interface Terminal {
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for a password without showing it, or reads one line where the input is no terminal, so that it stays out of
 * the shell's history and off the screen.
 * @throws UserError when none comes
 */
export async function askPassword(
  question: string,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const { input, output } = terminal;
  const hidden = input.isTTY === true;
  // Readline in terminal mode takes the echo over from the terminal, and what it writes goes nowhere.
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
    const none = () => reject(new UserError('No password came on standard input.'));
    lines.once('line', resolve).once('close', none).once('SIGINT', none);
  });
}
