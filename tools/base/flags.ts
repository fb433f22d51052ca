import { type ParseArgsConfig, parseArgs } from 'node:util';
import { HelpAsked, UserError } from './user-error.ts';

/**
 * `parseArgs` with one-line error messages and `--help`.
 * @param usage the help text; error messages quote its first line
 * @throws UserError for an unknown flag or a missing value, HelpAsked for --help
 */
export function parseFlags<O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: O,
  usage: string,
) {
  if (args.includes('--help') || args.includes('-h')) throw new HelpAsked(usage);
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = (error as Error).message.split(/[.'] (?:To specify|did you)/i, 1)[0];
    throw new UserError(`${reason}. Usage: ${usage.split('\n', 1)[0]}`);
  }
}
