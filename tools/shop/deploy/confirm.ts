import { createInterface } from 'node:readline/promises';
import { UserError } from '@triptych/base/user-error';

interface Terminal {
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

const STANDARD: Terminal = { input: process.stdin, output: process.stdout };

/**
 * Checks, before any work, that the command can ask its question.
 * @throws UserError without a terminal and without `--yes`
 */
export function requireConsent(yes: boolean, { input }: Pick<Terminal, 'input'> = STANDARD): void {
  if (yes || input.isTTY) return;
  throw new UserError('There is no terminal to ask on: pass --yes to confirm in advance.');
}

/**
 * Asks for a confirmation. Only `yes` confirms; with `--yes`, nothing is asked.
 * @throws UserError when the answer is anything else, or the input ends
 */
export async function confirm(
  question: string,
  yes: boolean,
  terminal: Terminal = STANDARD,
): Promise<void> {
  if (yes) return;
  requireConsent(yes, terminal);
  const lines = createInterface({ input: terminal.input, output: terminal.output });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([lines.question(`${question} (yes/no) `), ended]);
    if (answer.trim().toLowerCase() === 'yes') return;
  } finally {
    lines.close();
  }
  throw new UserError('Nothing was changed.');
}
