/** Runs one command: `node tools/cli/main.ts <command> …`. The npm scripts start it through run.mjs. */

import { HelpAsked, oneLine } from '@triptych/base/user-error';
import { keepCompiledCode } from '@triptych/build/compile-cache';
import { type Command, commands } from './commands/index.ts';

// Must come before a command is loaded: loading dominates the run time of a short command.
keepCompiledCode();
const [name = 'start', ...args] = process.argv.slice(2);
// `npm run logs | head` closes the pipe. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
const command: Command | undefined = commands[name];
if (!command) {
  console.error(
    `triptych: unknown command "${name}"; commands: ${Object.keys(commands).join(', ')}`,
  );
  process.exit(2);
}
try {
  await command(args);
} catch (error) {
  if (error instanceof HelpAsked) {
    console.log(error.help);
    process.exit(0);
  }
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exit(1);
}
