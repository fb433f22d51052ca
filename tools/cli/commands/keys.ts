import { parseFlags } from '@triptych/base/flags';
import { parseVariant } from '@triptych/base/variants';
import { type RotatedKeys, rotateKeys } from '@triptych/shop/admin/rotate-keys';
import { placeOf, SHOP_FLAGS, shopOrAws, wrongUsage } from './shop-or-aws.ts';

const USAGE = `npm run keys -- rotate --target <variant> [--port 4000 | --aws]

Rotates the key that signs access tokens ahead of schedule.

  --target v    microservices, serverless or hybrid
  --port 5000   the running shop to use, when several are running
  --aws         use the AWS account of your credentials instead of a running shop
  --stage trial  the copy on AWS (default: TRIPTYCH_STAGE, or none)`;

/**
 * `npm run keys -- rotate`: rotates a variant's signing key ahead of schedule. The new key is published for a day before
 * it signs, so that every verifier knows it. Tokens signed with the old key stay valid until they expire.
 * @throws UserError when a flag is wrong or the variant is not deployed
 */
export async function keys(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { ...SHOP_FLAGS, target: { type: 'string' } },
    USAGE,
  );
  if (positionals[0] !== 'rotate') throw wrongUsage(USAGE);
  const variant = parseVariant(values.target);
  const local = await shopOrAws(values);
  const rotated = await rotateKeys({
    variant,
    ...placeOf(local, values.stage),
  });
  console.log(`${local ? `the local ${variant}` : `${variant} on AWS`}: ${outcome(rotated)}`);
}

/** Describes a rotation in one sentence. */
export function outcome({ rotation, nextSignsAtMs }: RotatedKeys): string {
  if (rotation.promoteNext) {
    return 'the new key signs now; tokens of the old one stay valid until they expire.';
  }
  const signs = `it signs from the first daily run after ${new Date(nextSignsAtMs ?? 0).toISOString()}`;
  if (rotation.publishNext) return `a new key is published; ${signs}.`;
  if (nextSignsAtMs !== undefined) return `a new key is already published; ${signs}.`;
  return 'another rotation finished first; there is nothing left to do.';
}
