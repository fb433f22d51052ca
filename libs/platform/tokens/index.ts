/** Who is calling: access tokens verified against auth's published keys. */

export * from './bearer-auth.ts';
export { bearerToken } from './bearer-token.ts';
export type { Caller } from './caller.ts';
export * from './token-verifier.ts';
