import { queryService } from '../endpoint/index.ts';
import { type Principal, sessionArn } from '../iam/index.ts';
import type { Kernel, WireService } from '../kernel.ts';
import { STS_MEMBERS } from './members.ts';

/** Creates the Security Token Service: GetCallerIdentity. */
export function createSts(kernel: Kernel): { readonly wire: WireService } {
  return {
    wire: queryService({
      name: 'sts',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      members: STS_MEMBERS,
      operations: {
        GetCallerIdentity: (_input, caller) => ({
          ...identityOf(kernel, caller?.principal),
          Account: kernel.accountId,
        }),
      },
    }),
  };
}

/** The ARN and the id of a caller: the session of a role, or the root user. */
function identityOf({ accountId, permissions }: Kernel, principal: Principal | undefined) {
  if (principal?.kind !== 'role') {
    return { Arn: `arn:aws:iam::${accountId}:root`, UserId: accountId };
  }
  const { roleArn, sessionName } = principal;
  return {
    Arn: sessionArn(roleArn, sessionName),
    UserId: permissions.userIdOf(principal),
  };
}
