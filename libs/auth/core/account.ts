import type { Email } from './email.ts';

/** A customer uses the shop; an admin can also manage it. */
export type Role = 'customer' | 'admin';

/** An account as its owner sees it. `email` is normalised; `createdAt` is RFC 3339 in UTC. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
}

/** An account to create. */
export type NewAccount = Omit<Account, 'email'> & { readonly email: Email };

/** The facts a log-in needs. One read by e-mail address returns them. */
export interface Credentials {
  readonly accountId: string;
  readonly role: Role;
  /** In PHC string format; only the hasher parses it. */
  readonly passwordHash: string;
  readonly credentialsVersion: number;
}

/**
 * The account facts a session depends on. `credentialsVersion` rises when an operator sets the
 * password, which invalidates older sessions.
 */
export interface Standing {
  readonly role: Role;
  readonly credentialsVersion: number;
}
