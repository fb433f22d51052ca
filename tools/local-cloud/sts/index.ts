import { queryService } from '../endpoint/index.ts';
import type { Kernel, WireService } from '../kernel.ts';
import { STS_MEMBERS } from './members.ts';

/** Creates the Security Token Service: GetCallerIdentity, without a check of the signature. */
export function createSts(kernel: Kernel): { readonly wire: WireService } {
  return {
    wire: queryService({
      name: 'sts',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      members: STS_MEMBERS,
      operations: {
        GetCallerIdentity: () => ({
          Arn: `arn:aws:iam::${kernel.accountId}:root`,
          UserId: kernel.accountId,
          Account: kernel.accountId,
        }),
      },
    }),
  };
}
