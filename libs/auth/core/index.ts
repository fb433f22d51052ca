/** Rules and use cases of auth. Nothing here depends on where it runs. */
export * from './account.ts';
export {
  ATTEMPT_RULES,
  type Attempt,
  type AttemptRules,
  tooManyAttempts,
} from './attempt-limits.ts';
export { type Auth, type AuthDeps, createAuth } from './auth.ts';
export { invalidToken } from './auth-errors.ts';
export { type CachedKeyRing, cachedKeyRing } from './cached-key-ring.ts';
export { createAdmin } from './create-admin.ts';
export { type Email, normaliseEmail } from './email.ts';
export { PASSWORD_LENGTH } from './password-policy.ts';
export * from './ports.ts';
export type { FamilyEnd, RefreshFamily } from './refresh-families.ts';
export { rotateKeysIfDue } from './rotate-keys-if-due.ts';
export type { Session } from './sessions.ts';
export {
  ACCESS_TOKEN_SECONDS,
  currentKey,
  type KeyRing,
  type NewSigningKey,
  type PublicJwk,
  publishedKeys,
  ROTATION_RULES,
  type Rotation,
  type SigningKey,
} from './signing-keys.ts';
