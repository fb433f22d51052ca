/** What an account may do: shop, or also run the shop. */
export type Role = 'customer' | 'admin';

/** An account as its owner sees it; `email` is normalised, `createdAt` is RFC 3339 in UTC. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
}

/** What a log-in needs, found by e-mail in one read. */
export interface Credentials {
  readonly accountId: string;
  readonly role: Role;
  /** In PHC string format; only the hasher looks inside. */
  readonly passwordHash: string;
  readonly credentialsVersion: number;
}

/** What a session depends on; `credentialsVersion` rises when an operator sets the password, which ends older sessions. */
export interface Standing {
  readonly role: Role;
  readonly credentialsVersion: number;
}
