/** Runs the command that the process's arguments name. */

import { HelpAsked, oneLine } from '@triptych/base/user-error';
import { keepCompiledCode } from '@triptych/build/compile-cache';
import { commands, renderHelp } from './index.ts';

const HELP = ['help', '--help', '-h'];

// Must come before a command is loaded: loading dominates the run time of a short command.
keepCompiledCode();
const [name = 'start', ...args] = process.argv.slice(2);
// `npm run logs | head` closes the pipe. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
try {
  await run();
} catch (error) {
  if (error instanceof HelpAsked) {
    console.log(error.help);
    process.exit(0);
  }
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exit(1);
}

async function run(): Promise<void> {
  if (HELP.includes(name)) return console.log(renderHelp());
  // `Object.hasOwn`, because `constructor` is not a command.
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return (await command.load())(args);
  console.error(
    `triptych: unknown command "${name}"; commands: ${Object.keys(commands).join(', ')}. \`npm start -- --help\` describes one.`,
  );
  process.exit(2);
}
