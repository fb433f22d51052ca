/** Who is calling: access tokens verified against auth's published keys. */
export type { Caller } from './caller.ts';
export * from './token-verifier.ts';
export * from './bearer-auth.ts';
