import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { parseVariant } from '@triptych/base/variants';
import { readRunning } from '@triptych/shop/control/running';
import { parseQueue, redriveQueue } from '@triptych/shop/operate/redrive-queue';

const usage = 'npm run redrive -- <variant> <queue> [--aws]';

/**
 * `npm run redrive -- <variant> <queue>`: gives a queue its dead letters back. In the shop that
 * `npm start` runs here, or with --aws in the account of the operator's AWS credentials.
 */
export async function redrive(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, { aws: { type: 'boolean' } }, usage);
  const variant = parseVariant(positionals[0]);
  const queue = parseQueue(positionals[1]);
  const local = values.aws ? undefined : await readRunning(repositoryRoot);
  const { moved, done } = await redriveQueue({
    variant,
    queue,
    ...(local ? { endpointUrl: local.endpointUrl } : {}),
  });
  const messages = `${moved} ${moved === 1 ? 'message' : 'messages'}`;
  const still = done ? '' : ' so far; the rest is on its way';
  console.log(`${variant}: moved ${messages} back to ${queue}${still}.`);
}
