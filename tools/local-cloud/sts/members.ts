import type { MemberTable } from '../endpoint/index.ts';

/** The request members that the local STS supports. Any other member is an error. */
export const STS_MEMBERS = { GetCallerIdentity: {} } as const satisfies MemberTable;
