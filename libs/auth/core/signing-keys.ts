/** The public half of an ES256 key pair, as it stands in the key set (RFC 7517, RFC 7518 section 6.2). */
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
  /** Encrypted; only the token adapter opens it. */
  readonly sealedPrivateKey: string;
}

/**
 * `next` is published so that verifiers know it before it signs, `current` signs, `retired` only still verifies what
 * it signed. All times are milliseconds since 1970.
 */
export interface SigningKey extends NewSigningKey {
  readonly state: 'next' | 'current' | 'retired';
  readonly publishedAtMs: number;
  readonly activatedAtMs?: number;
  readonly retiredAtMs?: number;
  /** Of `next`: an operator asked for it, so it signs as soon as it was published long enough. */
  readonly early?: boolean;
}

/** All keys that matter now, changed as a whole: exactly one `current`, at most one `next`. */
export interface KeyRing {
  readonly version: number;
  readonly keys: readonly SigningKey[];
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const accessTokenSeconds = 900;

/** A process may sign with the ring it read this long ago. */
export const ringCacheMs = minuteMs;

export const rotationRules = {
  signsForMs: 30 * dayMs,
  /** Verifiers keep a key set for minutes, not a day: every one has seen the key before it signs. */
  publishedBeforeMs: dayMs,
  /** A daily schedule that drifts by a second would miss its day if this were the same as the above. */
  publishAheadMs: 2 * dayMs,
  /** Its last token, from a process with the oldest ring, plus clocks that disagree. */
  retiredForMs: accessTokenSeconds * 1000 + ringCacheMs + 5 * minuteMs,
} as const;

/** What is due; all false and empty when nothing is. */
export interface Rotation {
  readonly promoteNext: boolean;
  readonly publishNext: boolean;
  /** The next key is there but young: remember that it was asked for. */
  readonly hastenNext: boolean;
  readonly drop: readonly string[];
}

/**
 * What the schedule has to do now. With `early` (the operator's command) the current key's age does not count, but a
 * key is still published for a day before it signs; the schedule then takes it up by itself.
 */
export function rotationDue(ring: KeyRing, nowMs: number, early = false): Rotation {
  const current = ring.keys.find((key) => key.state === 'current');
  const next = ring.keys.find((key) => key.state === 'next');
  const ageMs = nowMs - (current?.activatedAtMs ?? 0);
  const known = next !== undefined && nowMs - next.publishedAtMs >= rotationRules.publishedBeforeMs;
  const { signsForMs, publishAheadMs } = rotationRules;
  return {
    promoteNext: known && (early || next.early === true || ageMs >= signsForMs),
    publishNext: next === undefined && (early || ageMs >= signsForMs - publishAheadMs),
    hastenNext: early && next !== undefined && !known && next.early !== true,
    drop: ring.keys.filter((key) => isDead(key, nowMs)).map((key) => key.kid),
  };
}

/** The ring after `rotation`; `fresh` is the key to publish, `early` whether an operator asked for it. */
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

/** The very first ring: its key signs at once, for nobody holds an older key set. */
export function firstRing(fresh: NewSigningKey, nowMs: number): KeyRing {
  const key: SigningKey = {
    ...fresh,
    state: 'current',
    publishedAtMs: nowMs,
    activatedAtMs: nowMs,
  };
  return { version: 1, keys: [key] };
}

/** The key set to publish. */
export function publishedKeys(ring: KeyRing, nowMs: number): PublicJwk[] {
  return ring.keys.filter((key) => !isDead(key, nowMs)).map((key) => key.publicJwk);
}

function promoted(key: SigningKey, nowMs: number): SigningKey {
  if (key.state === 'next') {
    const { early: _asked, ...rest } = key;
    return { ...rest, state: 'current', activatedAtMs: nowMs };
  }
  if (key.state === 'current') return { ...key, state: 'retired', retiredAtMs: nowMs };
  return key;
}

function isDead(key: SigningKey, nowMs: number): boolean {
  return key.retiredAtMs !== undefined && nowMs - key.retiredAtMs >= rotationRules.retiredForMs;
}
