import { AppError } from '@triptych/platform/errors';

/** The public half of an ES256 key pair, as published in the key set (RFC 7517, RFC 7518 section 6.2). */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: string;
}

export interface NewSigningKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  /** Encrypted; only the token adapter decrypts it. */
  readonly sealedPrivateKey: string;
}

/**
 * A key and its state. A `next` key is published so that verifiers know it before it signs, the
 * `current` key signs, and a `retired` key only verifies the tokens it signed. All times are
 * milliseconds since 1970.
 *
 * ```
 * next ──(published for 24 h, and the current key is 30 days old or an operator asked)──▶ current
 * current ──▶ retired ──(21 minutes)──▶ removed
 * ```
 */
export interface SigningKey extends NewSigningKey {
  readonly state: 'next' | 'current' | 'retired';
  readonly publishedAtMs: number;
  readonly activatedAtMs?: number;
  readonly retiredAtMs?: number;
  /** Of a `next` key: an operator asked for it, so it signs as soon as it has been published for a day. */
  readonly early?: boolean;
}

/** All keys in use, always saved together: exactly one `current` and at most one `next`. */
export interface KeyRing {
  readonly version: number;
  readonly keys: readonly SigningKey[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const ACCESS_TOKEN_SECONDS = 900;

/** The oldest ring that a process may sign with. */
export const RING_CACHE_MS = MINUTE_MS;

export const ROTATION_RULES = {
  signsForMs: 30 * DAY_MS,
  /** Verifiers cache the key set for minutes, so after a day all of them know the key. */
  publishedBeforeMs: DAY_MS,
  /** A day longer than `publishedBeforeMs`, because the daily schedule may drift by seconds. */
  publishAheadMs: 2 * DAY_MS,
  /** The lifetime of the last token, plus the age of a cached ring, plus clock skew. */
  retiredForMs: ACCESS_TOKEN_SECONDS * 1000 + RING_CACHE_MS + 5 * MINUTE_MS,
} as const;

/** The changes that are due. If nothing is due, all are false or empty. */
export interface Rotation {
  readonly promoteNext: boolean;
  readonly publishNext: boolean;
  /** An operator asked for the next key before it may sign: mark it as `early`. */
  readonly hastenNext: boolean;
  /** Key IDs of expired keys to remove. */
  readonly drop: readonly string[];
}

/**
 * Returns the changes that are due now. With `early` (an operator's command) the age of the current
 * key does not count, but the next key must still have been published for a day. The schedule then
 * promotes it.
 */
export function rotationDue(ring: KeyRing, nowMs: number, early = false): Rotation {
  const current = ring.keys.find((key) => key.state === 'current');
  const next = ring.keys.find((key) => key.state === 'next');
  const ageMs = nowMs - (current?.activatedAtMs ?? 0);
  const known =
    next !== undefined && nowMs - next.publishedAtMs >= ROTATION_RULES.publishedBeforeMs;
  const { signsForMs, publishAheadMs } = ROTATION_RULES;
  return {
    promoteNext: known && (early || next.early === true || ageMs >= signsForMs),
    publishNext: next === undefined && (early || ageMs >= signsForMs - publishAheadMs),
    hastenNext: early && next !== undefined && !known && next.early !== true,
    drop: ring.keys.filter((key) => isExpired(key, nowMs)).map((key) => key.kid),
  };
}

/**
 * Returns the ring after `rotation`. `fresh` is the key to publish; `early` says whether an operator
 * asked for it.
 */
export function rotated(
  ring: KeyRing,
  rotation: Rotation,
  nowMs: number,
  { fresh, early = false }: { fresh?: NewSigningKey | undefined; early?: boolean } = {},
): KeyRing {
  const keys = ring.keys
    .filter((key) => !rotation.drop.includes(key.kid))
    .map((key) => (rotation.promoteNext ? promoted(key, nowMs) : key))
    .map((key) => (rotation.hastenNext && key.state === 'next' ? { ...key, early: true } : key));
  const published: SigningKey[] = fresh
    ? [{ ...fresh, state: 'next', publishedAtMs: nowMs, ...(early && { early }) }]
    : [];
  return { version: ring.version + 1, keys: [...keys, ...published] };
}

/** Returns the first ring. Its key signs at once, because no verifier has an older key set. */
export function firstRing(fresh: NewSigningKey, nowMs: number): KeyRing {
  const key: SigningKey = {
    ...fresh,
    state: 'current',
    publishedAtMs: nowMs,
    activatedAtMs: nowMs,
  };
  return { version: 1, keys: [key] };
}

/**
 * Returns the key that signs.
 * @throws AppError internal `no-signing-key`
 */
export function currentKey(ring: KeyRing): SigningKey {
  const key = ring.keys.find((candidate) => candidate.state === 'current');
  if (key) return key;
  throw new AppError('internal', 'no-signing-key', 'The key ring has no current key.');
}

/** Returns the public keys of all keys that have not expired. */
export function publishedKeys(ring: KeyRing, nowMs: number): PublicJwk[] {
  return ring.keys.filter((key) => !isExpired(key, nowMs)).map((key) => key.publicJwk);
}

function promoted(key: SigningKey, nowMs: number): SigningKey {
  if (key.state === 'next') {
    const { early: _early, ...rest } = key;
    return { ...rest, state: 'current', activatedAtMs: nowMs };
  }
  if (key.state === 'current') return { ...key, state: 'retired', retiredAtMs: nowMs };
  return key;
}

function isExpired(key: SigningKey, nowMs: number): boolean {
  return key.retiredAtMs !== undefined && nowMs - key.retiredAtMs >= ROTATION_RULES.retiredForMs;
}
