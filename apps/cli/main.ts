/** The command line behind the npm scripts: `node apps/cli/main.ts <command> …`. */
import { type Command, commands } from './commands/index.ts';
import { oneLine } from './user-error.ts';

const [name = 'start', ...args] = process.argv.slice(2);
const command: Command | undefined = commands[name];
if (!command) {
  console.error(
    `triptych: unknown command "${name}"; there are: ${Object.keys(commands).join(', ')}`,
  );
  process.exit(2);
}
try {
  await command(args);
} catch (error) {
  console.error(`triptych: ${oneLine(error)}`);
  if (process.env.TRIPTYCH_DEBUG) console.error(error);
  process.exit(1);
}
