export { type Credentials, hasToken } from './credentials.ts';
export type { Grant, GrantReference } from './grants.ts';
export { type Actor, Permissions, type Session } from './permissions.ts';
export { PERMISSION_PROVIDERS } from './providers.ts';
