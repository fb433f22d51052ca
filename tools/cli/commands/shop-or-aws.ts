import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { type Running, readRunning } from '@triptych/shop/control/running';

/** The flags of commands that work with a running shop or with AWS. */
export const SHOP_FLAGS = { port: { type: 'string' }, aws: { type: 'boolean' } } as const;

/**
 * The running shop that the flags select, or undefined for AWS.
 * @throws UserError when no shop is running, when several are and --port is missing, or when both flags are given
 */
export async function shopOrAws(flags: {
  readonly port?: string | undefined;
  readonly aws?: boolean | undefined;
}): Promise<Running | undefined> {
  if (!flags.aws) return readRunning(repositoryRoot, flags.port);
  if (flags.port === undefined) return undefined;
  throw new UserError('--port selects a running shop and --aws selects AWS: use one of them.');
}

/** The error for a missing argument: the first line of the usage. */
export function wrongUsage(usage: string): UserError {
  return new UserError(`Usage: ${usage.split('\n', 1)[0]}`);
}
