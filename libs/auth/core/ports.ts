import type { Account, Credentials, Standing } from './account.ts';
import type { Attempt } from './attempt-limits.ts';
import type { FamilyEnd, RefreshFamily } from './refresh-families.ts';
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
  /**
   * Gives the account of a known e-mail the role admin and this password, and raises the version of its credentials;
   * `undefined` when unknown.
   */
  makeAdmin(email: string, passwordHash: string): Promise<{ id: string } | undefined>;
  credentials(email: string): Promise<Credentials | undefined>;
  byId(id: string): Promise<Account | undefined>;
  /** What a session needs to know of its account now. */
  standing(id: string): Promise<Standing | undefined>;
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

/** Makes refresh tokens: random, opaque, kept nowhere but with their owner. */
export interface RefreshSecrets {
  make(): { readonly token: string; readonly digest: string };
  /** What a token is stored and found under; nothing leads back from it. */
  digest(token: string): string;
}

/** Where families of refresh tokens are kept. */
export interface RefreshFamilies {
  /** Stores a new family together with its first token. */
  begin(family: RefreshFamily): Promise<void>;
  /** The family that a token was ever given in, spent or not, up to date. */
  find(digest: string): Promise<RefreshFamily | undefined>;
  /**
   * Makes `next` the current token if the family goes on and `family.currentDigest` is still its current one: all in one
   * transaction. False means that it was spent or the family ended meanwhile; then nothing was written.
   */
  rotate(family: RefreshFamily, next: string): Promise<boolean>;
  /** Ends a family for good and says by what it ended: the first end stays. */
  end(familyId: string, by: FamilyEnd): Promise<FamilyEnd>;
}

/** Counts failed log-ins across all processes. */
export interface AttemptLimits {
  /**
   * Counts an attempt before its outcome is known, so that many at once cannot slip past together.
   * Throws `too-many` (code `too-many-attempts`, with the seconds to wait) when there were too many.
   */
  count(attempt: Attempt): Promise<void>;
  /** Takes a counted attempt back, because it succeeded; earlier failures from its address are forgiven. */
  forgive(attempt: Attempt): Promise<void>;
}
