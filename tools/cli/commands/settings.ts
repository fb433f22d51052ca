import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';

const usage = `npm run --silent settings -- --target docker <variant> [--project triptych]

Prints what the conformance suite needs to judge a variant that \`docker compose\` runs, a line NAME=value each: its address,
an admin (made when there is none), the webhook secret. As in: env $(npm run --silent settings -- --target docker hybrid) \\
npm run conform

  --target docker    the compose project: \`npm run conform\` finds what \`npm start\` runs by itself
  --project name     another compose project than that of docker-compose.yml`;

/** `npm run settings -- --target docker <variant>`: the conformance suite's settings for a compose deployment. */
export async function settings(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { target: { type: 'string' }, project: { type: 'string' } },
    usage,
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
