/** Authentication: access tokens, verified with auth's published keys. */

export * from './bearer-auth.ts';
export { bearerToken } from './bearer-token.ts';
export type { Caller } from './caller.ts';
export * from './token-verifier.ts';
