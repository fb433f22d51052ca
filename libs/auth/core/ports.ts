import type { Account, Credentials, NewAccount, Standing } from './account.ts';
import type { Attempt } from './attempt-limits.ts';
import type { Email } from './email.ts';
import type { FamilyEnd, RefreshFamily } from './refresh-families.ts';
import type { KeyRing, NewSigningKey, PublicJwk, SigningKey } from './signing-keys.ts';

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export interface Ids {
  /** A new, unguessable ID that matches `[A-Za-z0-9_-]{1,64}`. */
  next(): string;
}

/** Stores accounts. Finds older accounts too, which are stored under another spelling of their address. */
export interface Accounts {
  /**
   * Creates an account, stored under the canonical spelling of its address, unless its ID is taken
   * or an account is stored under any spelling. Both outcomes cost the same work.
   */
  create(account: NewAccount, passwordHash: string): Promise<'created' | 'exists'>;
  /**
   * Gives the account with this e-mail address the role admin and this password, and raises its
   * credentials version. Returns `undefined` if there is no such account.
   */
  makeAdmin(email: Email, passwordHash: string): Promise<{ id: string } | undefined>;
  credentials(email: Email): Promise<Credentials | undefined>;
  byId(id: string): Promise<Account | undefined>;
  standing(id: string): Promise<Standing | undefined>;
}

/** Hashes passwords for storage. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Without a hash (unknown account) it does the same work and returns false. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** Stores the ring of signing keys. */
export interface KeyStore {
  load(): Promise<KeyRing | undefined>;
  /**
   * Saves `ring` if the version of the stored ring is `replaces` (`undefined`: if none is stored).
   * Returns false if another process saved first; its ring stays.
   */
  save(ring: KeyRing, replaces: number | undefined): Promise<boolean>;
}

/** Generates key pairs and encrypts the private key. */
export interface KeyMaker {
  make(): Promise<NewSigningKey>;
}

/** The claims of an access token. Times are seconds since 1970 (RFC 7519 NumericDate). */
export interface TokenClaims {
  readonly tokenId: string;
  readonly accountId: string;
  readonly role: string;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
}

/** Signs and verifies access tokens. */
export interface AccessTokens {
  sign(claims: TokenClaims, key: SigningKey): Promise<string>;
  /**
   * Returns the account that the token was issued to.
   * @throws AppError unauthenticated `invalid-token`
   */
  verify(token: string, keys: readonly PublicJwk[], nowMs: number): Promise<{ accountId: string }>;
}

/** Generates random, opaque refresh tokens. Only the client keeps the token; auth stores its digest. */
export interface RefreshSecrets {
  make(): { readonly token: string; readonly digest: string };
  /** The one-way digest under which a token is stored and found. */
  digest(token: string): string;
}

/** Stores families of refresh tokens. */
export interface RefreshFamilies {
  /** Stores a new family and its first token. Throws if the family or the token exists. */
  begin(family: RefreshFamily): Promise<void>;
  /** The current state of the family that a token belongs to, whether or not the token is spent. */
  find(digest: string): Promise<RefreshFamily | undefined>;
  /**
   * Makes `next` the current token, in one transaction, if `family.currentDigest` is still current
   * and the family has not ended. Returns false, and writes nothing, if another request was first.
   * A repetition with the same `next` returns true.
   */
  rotate(family: RefreshFamily, next: string): Promise<boolean>;
  /** Ends a family and returns why it ended. The first reason stays. */
  end(familyId: string, by: FamilyEnd): Promise<FamilyEnd>;
}

/** Counts failed log-ins across all processes. */
export interface AttemptLimits {
  /**
   * Counts an attempt before its outcome is known, so that concurrent attempts cannot exceed the
   * limit.
   * @throws AppError too-many `too-many-attempts`, with the seconds to wait
   */
  count(attempt: Attempt): Promise<void>;
  /**
   * Corrects the counts after a successful log-in: the account and network start again from zero,
   * and the account's total loses this attempt.
   */
  recordSuccess(attempt: Attempt): Promise<void>;
}
