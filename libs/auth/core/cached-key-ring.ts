import { AppError } from '@triptych/platform/errors';
import type { Clock, KeyMaker, KeyStore } from './ports.ts';
import {
  firstRing,
  type KeyRing,
  type PublicJwk,
  publishedKeys,
  type Rotation,
  ringCacheMs,
  rotated,
  rotationDue,
  type SigningKey,
} from './signing-keys.ts';

interface Parts {
  readonly keyStore: KeyStore;
  readonly keyMaker: KeyMaker;
  readonly clock: Clock;
}

const nothingDue: Rotation = {
  promoteNext: false,
  publishNext: false,
  hastenNext: false,
  drop: [],
};

/** This process's view of the signing keys. */
export interface SigningKeys {
  /** The key that signs now; makes the very first one when there is none. */
  current(): Promise<SigningKey>;
  published(): Promise<PublicJwk[]>;
  rotateIfDue(early?: boolean): Promise<Rotation>;
}

/** Reads the ring at most once a minute, and once however many requests wait for it. */
export function signingKeys({ keyStore, keyMaker, clock }: Parts): SigningKeys {
  let cached: { ring: Promise<KeyRing>; readAtMs: number } | undefined;

  function ring(): Promise<KeyRing> {
    const nowMs = clock.now();
    if (cached && nowMs - cached.readAtMs < ringCacheMs) return cached.ring;
    const reading = { ring: loadOrCreate(), readAtMs: nowMs };
    // A failed read must not be remembered for a minute.
    reading.ring.catch(() => {
      if (cached === reading) cached = undefined;
    });
    cached = reading;
    return reading.ring;
  }

  /** Several processes start at once on an empty table: the conditional save lets one win, the others take its ring. */
  async function loadOrCreate(): Promise<KeyRing> {
    const stored = await keyStore.load();
    if (stored) return stored;
    const first = firstRing(await keyMaker.make(), clock.now());
    if (await keyStore.save(first, undefined)) return first;
    const winner = await keyStore.load();
    if (winner) return winner;
    throw new AppError('unavailable', 'unavailable', 'The signing keys cannot be read.', {
      retryAfterSeconds: 1,
    });
  }

  return {
    async current() {
      const key = (await ring()).keys.find((candidate) => candidate.state === 'current');
      if (key) return key;
      throw new AppError('internal', 'no-signing-key', 'The key ring holds no current key.');
    },
    async published() {
      return publishedKeys(await ring(), clock.now());
    },
    async rotateIfDue(early = false) {
      const before = await loadOrCreate();
      const nowMs = clock.now();
      const due = rotationDue(before, nowMs, early);
      const { promoteNext, publishNext, hastenNext, drop } = due;
      if (!promoteNext && !publishNext && !hastenNext && drop.length === 0) return due;
      const fresh = publishNext ? await keyMaker.make() : undefined;
      const won = await keyStore.save(
        rotated(before, due, nowMs, { fresh, early }),
        before.version,
      );
      cached = undefined;
      // Lost: another process did the same work from the same ring; this run has nothing left to do.
      return won ? due : nothingDue;
    },
  };
}
