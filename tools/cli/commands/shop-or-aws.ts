import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { type Running, readRunning } from '@triptych/shop/control/running';
import { stageFrom } from './aws-target.ts';

/** The flags of commands that work with a running shop or with AWS. */
export const SHOP_FLAGS = {
  port: { type: 'string' },
  aws: { type: 'boolean' },
  stage: { type: 'string' },
} as const;

/**
 * The running shop that the flags select, or undefined for AWS.
 * @throws UserError when no shop is running, when several are and --port is missing, or when flags contradict each other
 */
export async function shopOrAws(flags: {
  readonly port?: string | undefined;
  readonly aws?: boolean | undefined;
  readonly stage?: string | undefined;
}): Promise<Running | undefined> {
  if (flags.stage !== undefined && !flags.aws) throw new UserError('--stage needs --aws.');
  if (!flags.aws) return readRunning(repositoryRoot, flags.port);
  if (flags.port === undefined) return undefined;
  throw new UserError('--port selects a running shop and --aws selects AWS: use one of them.');
}

/**
 * Where an operation takes place: a running shop's endpoint, or a stage on AWS (`--stage`, else `TRIPTYCH_STAGE`).
 * @throws UserError when the stage is not a name
 */
export function placeOf(
  local: Running | undefined,
  flag: string | undefined,
): { endpointUrl: string } | { stage?: string } {
  if (local) return { endpointUrl: local.endpointUrl };
  const stage = stageFrom(flag);
  return stage === undefined ? {} : { stage };
}

/** The error for a missing argument: the first line of the usage. */
export function wrongUsage(usage: string): UserError {
  return new UserError(`Usage: ${usage.split('\n', 1)[0]}`);
}
