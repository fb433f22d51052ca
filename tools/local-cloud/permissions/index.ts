export { hasToken } from './credentials.ts';
export type { Grant, GrantReference } from './grants.ts';
export { TemplatePermissions } from './permissions.ts';
export { PERMISSION_PROVIDERS } from './providers.ts';
export type { Actor, Credentials, Permissions, Session, Withdrawal } from './types.ts';
