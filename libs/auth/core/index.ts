/** Rules and use cases of auth. Nothing here knows where it runs. */
export * from './account.ts';
export { type Auth, type AuthParts, createAuth } from './auth.ts';
export { createAdmin } from './create-admin.ts';
export type { Session } from './log-in.ts';
export { passwordLength } from './password-policy.ts';
export * from './ports.ts';
export { invalidToken } from './refusals.ts';
export type { EmailAndPassword, NewAccountParts } from './register.ts';
export {
  accessTokenSeconds,
  type KeyRing,
  type NewSigningKey,
  type PublicJwk,
  type Rotation,
  type SigningKey,
} from './signing-keys.ts';
