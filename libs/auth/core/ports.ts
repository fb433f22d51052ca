import type { Account, Credentials } from './account.ts';
import type { KeyRing, NewSigningKey, PublicJwk, SigningKey } from './signing-keys.ts';

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export interface Ids {
  /** A fresh id matching `[A-Za-z0-9_-]{1,64}`, not guessable. */
  next(): string;
}

/** Where accounts are kept. */
export interface Accounts {
  /** Creates the account unless its e-mail is taken; both answers cost the same work. */
  create(account: Account, passwordHash: string): Promise<'created' | 'exists'>;
  /** Gives the account of a known e-mail the role admin and this password; `undefined` when unknown. */
  makeAdmin(email: string, passwordHash: string): Promise<{ id: string } | undefined>;
  credentials(email: string): Promise<Credentials | undefined>;
  byId(id: string): Promise<Account | undefined>;
}

/** Turns passwords into something that may be stored. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With no hash to compare with (unknown account) it does the same work and answers false. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** Where the ring of signing keys is kept. */
export interface KeyStore {
  load(): Promise<KeyRing | undefined>;
  /**
   * Saves `ring` if the stored one still has `replaces` as its version (`undefined`: if none is stored).
   * False means that somebody else was first; what they saved counts.
   */
  save(ring: KeyRing, replaces: number | undefined): Promise<boolean>;
}

/** Makes key pairs; the private half comes back encrypted. */
export interface KeyMaker {
  make(): Promise<NewSigningKey>;
}

/** What an access token says. Times are seconds since 1970 (RFC 7519 NumericDate). */
export interface TokenClaims {
  readonly tokenId: string;
  readonly accountId: string;
  readonly role: string;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
}

/** Writes and reads access tokens. */
export interface AccessTokens {
  sign(claims: TokenClaims, key: SigningKey): Promise<string>;
  /** The account the token speaks for; throws `unauthenticated` (code `invalid-token`) when it does not hold. */
  verify(token: string, keys: readonly PublicJwk[], nowMs: number): Promise<{ accountId: string }>;
}
