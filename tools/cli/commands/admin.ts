import { parseFlags } from '@triptych/base/flags';
import { parseVariant } from '@triptych/base/variants';
import { askPassword } from '@triptych/shop/admin/ask-password';
import { createAdminAccount } from '@triptych/shop/admin/create-admin';
import { placeOf, SHOP_FLAGS, shopOrAws, wrongUsage } from './shop-or-aws.ts';

const USAGE = `npm run admin -- create --target <variant> --email you@example.org [--port 4000 | --aws]

Creates an admin account, or makes an existing account an admin. Reads the password from standard input.

  --target v    microservices, serverless or hybrid
  --email e     the account's address
  --port 5000   the running shop to use, when several are running
  --aws         use the AWS account of your credentials instead of a running shop
  --stage trial  the copy on AWS (default: TRIPTYCH_STAGE, or none)`;

/**
 * `npm run admin -- create`: creates the first admin of a variant, in the shop that `npm start` runs or, with
 * --aws, in the AWS account of the operator's credentials. Prompts for the password without echo, or reads it from
 * standard input when that is not a terminal.
 * @throws UserError when a flag is wrong or the variant is not deployed
 */
export async function admin(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { ...SHOP_FLAGS, target: { type: 'string' }, email: { type: 'string' } },
    USAGE,
  );
  if (positionals[0] !== 'create' || !values.email) throw wrongUsage(USAGE);
  const variant = parseVariant(values.target);
  const local = await shopOrAws(values);
  const { id, created } = await createAdminAccount({
    variant,
    email: values.email,
    password: await askPassword('Password (8 to 128 characters): '),
    ...placeOf(local, values.stage),
  });
  const where = local ? `the local ${variant}` : `${variant} on AWS`;
  console.log(
    `${values.email} is now an admin of ${where} (${created ? 'new' : 'existing'} account ${id}).`,
  );
}
