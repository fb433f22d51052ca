import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../user-error.ts';

/** `parseArgs` whose complaints are one line. @throws UserError */
export function parseFlags<O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: O,
  usage: string,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = (error as Error).message.split(/[.'] (?:To specify|did you)/i, 1)[0];
    throw new UserError(`${reason}. Usage: ${usage}`);
  }
}
