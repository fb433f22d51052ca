import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';

const USAGE = `npm run --silent settings -- --target docker <variant> [--project triptych]

Prints the settings that the conformance suite needs for a variant that \`docker compose\` runs, one NAME=value per line: its
base URL, an admin account (created if missing) and the webhook secret. Example:

  env $(npm run --silent settings -- --target docker hybrid) npm run conform

  --target docker    the compose project; for the shop of \`npm start\`, \`npm run conform\` needs no settings
  --project name     the compose project (default: the one that docker-compose.yml names)`;

/**
 * `npm run settings -- --target docker <variant>`: prints the conformance suite's settings for a compose project.
 * @throws UserError when a flag is wrong or the project does not run
 */
export async function settings(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { target: { type: 'string' }, project: { type: 'string' } },
    USAGE,
  );
  if (values.target !== 'docker') {
    throw new UserError(`--target takes docker, not "${values.target ?? ''}".`);
  }
  const variant = parseVariant(positionals[0]);
  const { composeAddresses } = await import('@triptych/docker/addresses');
  const { composeSettings } = await import('@triptych/shop/docker/compose-settings');
  const found = await composeSettings(variant, await composeAddresses(values.project));
  for (const [name, value] of Object.entries(found)) console.log(`${name}=${value}`);
}
