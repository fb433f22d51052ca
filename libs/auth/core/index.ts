/** Rules and use cases of auth. Nothing here knows where it runs. */
export * from './account.ts';
export {
  type Attempt,
  type AttemptRules,
  attemptRules,
  tooManyAttempts,
} from './attempt-limits.ts';
export { type Auth, type AuthParts, createAuth } from './auth.ts';
export { createAdmin } from './create-admin.ts';
export { type SigningKeys, signingKeys } from './key-ring.ts';
export { passwordLength } from './password-policy.ts';
export * from './ports.ts';
export type { FamilyEnd, RefreshFamily } from './refresh-families.ts';
export { invalidToken } from './refusals.ts';
export type { EmailAndPassword, NewAccountParts } from './register.ts';
export type { Session } from './sessions.ts';
export {
  accessTokenSeconds,
  type KeyRing,
  type NewSigningKey,
  type PublicJwk,
  type Rotation,
  rotationRules,
  type SigningKey,
} from './signing-keys.ts';
