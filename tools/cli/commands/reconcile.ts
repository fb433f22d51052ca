import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { readRunning } from '@triptych/shop/control/running';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';

const usage = 'npm run reconcile -- <variant> [--days 30] [--aws]';
const MAX_DAYS = 400;

/**
 * `npm run reconcile -- <variant>`: what differs between the ledger and the provider's statement, a
 * line each; the exit code is 1 when anything does. Against the shop that `npm start` runs here, or
 * with --aws against the account of the operator's AWS credentials.
 */
export async function reconcile(args: string[]): Promise<void> {
  const options = { days: { type: 'string' }, aws: { type: 'boolean' } } as const;
  const { values, positionals } = parseFlags(args, options, usage);
  const variant = parseVariant(positionals[0]);
  const days = Number(values.days ?? 30);
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    throw new UserError(`--days takes a whole number from 1 to ${MAX_DAYS}. Usage: ${usage}`);
  }
  const local = values.aws ? undefined : await readRunning(repositoryRoot);
  const differences = await reconcileVariant({
    variant,
    days,
    ...(local ? { endpointUrl: local.endpointUrl } : {}),
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
