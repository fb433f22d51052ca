import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { placeOf, SHOP_FLAGS, shopOrAws } from './shop-or-aws.ts';

const USAGE = `npm run reconcile -- <variant> [--days 30] [--port 4000 | --aws]

Compares the ledger with the provider's statement. Exits with code 1 when they differ.

  --days 30     how far to look back, in days
  --port 5000   the running shop to use, when several are running
  --aws         use the AWS account of your credentials instead of a running shop
  --stage trial  the copy on AWS (default: TRIPTYCH_STAGE, or none)`;
const MAX_DAYS = 400;

/**
 * `npm run reconcile -- <variant>`: prints the differences between the ledger and the provider's statement, one
 * per line, and exits with code 1 when there are any. Reads the shop that `npm start` runs or, with --aws, the AWS
 * account of the operator's credentials.
 * @throws UserError when a flag is wrong or the variant is not deployed
 */
export async function reconcile(args: string[]): Promise<void> {
  const options = { ...SHOP_FLAGS, days: { type: 'string' } } as const;
  const { values, positionals } = parseFlags(args, options, USAGE);
  const variant = parseVariant(positionals[0]);
  const days = Number(values.days ?? 30);
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    throw new UserError(`--days takes a whole number from 1 to ${MAX_DAYS}, not "${values.days}".`);
  }
  const local = await shopOrAws(values);
  const differences = await reconcileVariant({
    variant,
    days,
    ...placeOf(local, values.stage),
  });
  for (const { code, orderId, id, detail } of differences) {
    console.log(`${code}  ${orderId === null ? 'no order' : `order ${orderId}`}  ${id}  ${detail}`);
  }
  const span = days === 1 ? 'the last day' : `the last ${days} days`;
  if (differences.length === 0) {
    console.log(`${variant}: ledger and provider agree over ${span}.`);
    return;
  }
  const word = differences.length === 1 ? 'difference' : 'differences';
  console.log(`${variant}: ${differences.length} ${word} over ${span}.`);
  process.exitCode = 1;
}
