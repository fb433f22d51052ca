import { parseFlags } from '@triptych/base/flags';
import { parseVariant } from '@triptych/base/variants';
import { QUEUE_IDS } from '@triptych/context-map';
import { parseQueue, redriveQueue } from '@triptych/shop/operate/redrive-queue';
import { placeOf, SHOP_FLAGS, shopOrAws } from './shop-or-aws.ts';

const USAGE = `npm run redrive -- <variant> <queue> [--port 4000 | --aws]

Moves the dead letters of a queue back to the queue, so that they are handled again.

  queue         ${Object.keys(QUEUE_IDS).join(', ')}
  --port 5000   the running shop to use, when several are running
  --aws         use the AWS account of your credentials instead of a running shop
  --stage trial  the copy on AWS (default: TRIPTYCH_STAGE, or none)`;

/**
 * `npm run redrive -- <variant> <queue>`: moves dead letters back to their queue, in the shop that `npm start`
 * runs or, with --aws, in the AWS account of the operator's credentials.
 * @throws UserError when an argument is wrong, the variant is not deployed or AWS cannot move the messages
 */
export async function redrive(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, SHOP_FLAGS, USAGE);
  const variant = parseVariant(positionals[0]);
  const queue = parseQueue(positionals[1]);
  const local = await shopOrAws(values);
  const { moved, done } = await redriveQueue({
    variant,
    queue,
    ...placeOf(local, values.stage),
  });
  const messages = `${moved} ${moved === 1 ? 'message' : 'messages'}`;
  const still = done ? '' : ' so far; the others are still being moved';
  console.log(`${variant}: moved ${messages} back to ${queue}${still}.`);
}
