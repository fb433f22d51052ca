import { type ParseArgsConfig, parseArgs } from 'node:util';
import { HelpAsked, UserError } from './user-error.ts';

/**
 * `parseArgs` whose complaints are one line, and that knows `--help`.
 * @param usage its first line stands in complaints; all of it is the help
 * @throws UserError for flags that make no sense, HelpAsked for --help
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
