import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { parseVariant } from '@triptych/base/variants';
import { readRunning } from '@triptych/shop/control/running';
import { parseQueue, redriveQueue } from '@triptych/shop/operate/redrive-queue';

const USAGE = 'npm run redrive -- <variant> <queue> [--aws]';

/**
 * `npm run redrive -- <variant> <queue>`: moves dead letters back to their queue, in the shop that `npm start`
 * runs or, with --aws, in the AWS account of the operator's credentials.
 * @throws UserError when an argument is wrong, the variant is not deployed or AWS cannot move the messages
 */
export async function redrive(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, { aws: { type: 'boolean' } }, USAGE);
  const variant = parseVariant(positionals[0]);
  const queue = parseQueue(positionals[1]);
  const local = values.aws ? undefined : await readRunning(repositoryRoot);
  const { moved, done } = await redriveQueue({
    variant,
    queue,
    ...(local ? { endpointUrl: local.endpointUrl } : {}),
  });
  const messages = `${moved} ${moved === 1 ? 'message' : 'messages'}`;
  const still = done ? '' : ' so far; the others are still being moved';
  console.log(`${variant}: moved ${messages} back to ${queue}${still}.`);
}
