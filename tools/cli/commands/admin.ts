import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { askPassword } from '@triptych/shop/admin/ask-password';
import { createAdminAccount } from '@triptych/shop/admin/create-admin';
import { readRunning } from '@triptych/shop/control/running';

const USAGE = 'npm run admin -- create --target <variant> --email you@example.org [--aws]';

/**
 * `npm run admin -- create`: creates the first admin of a variant, in the shop that `npm start` runs or, with
 * --aws, in the AWS account of the operator's credentials. Prompts for the password without echo, or reads it from
 * standard input when that is not a terminal.
 * @throws UserError when a flag is wrong or the variant is not deployed
 */
export async function admin(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { target: { type: 'string' }, email: { type: 'string' }, aws: { type: 'boolean' } },
    USAGE,
  );
  if (positionals[0] !== 'create' || !values.email) throw new UserError(`Usage: ${USAGE}`);
  const variant = parseVariant(values.target);
  const local = values.aws ? undefined : await readRunning(repositoryRoot);
  const { id, created } = await createAdminAccount({
    variant,
    email: values.email,
    password: await askPassword('Password (8 to 128 characters): '),
    ...(local ? { endpointUrl: local.endpointUrl } : {}),
  });
  const where = local ? `the local ${variant}` : `${variant} on AWS`;
  console.log(
    `${values.email} is now an admin of ${where} (${created ? 'new' : 'existing'} account ${id}).`,
  );
}
