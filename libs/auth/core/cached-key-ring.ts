import { AppError } from '@triptych/platform/errors';
import type { Clock, KeyMaker, KeyStore } from './ports.ts';
import { firstRing, type KeyRing, RING_CACHE_MS } from './signing-keys.ts';

interface Deps {
  readonly keyStore: KeyStore;
  readonly keyMaker: KeyMaker;
  readonly clock: Clock;
}

/** The key ring with a cache for this process. */
export interface CachedKeyRing {
  /**
   * The ring, at most {@link RING_CACHE_MS} old. Concurrent callers share one read. A failed read
   * is not cached.
   * @throws AppError unavailable `unavailable`
   */
  read(): Promise<KeyRing>;
  /**
   * The ring as stored now. If there is none, creates it with a first key.
   * @throws AppError unavailable `unavailable`
   */
  readFresh(): Promise<KeyRing>;
  /** Saves like {@link KeyStore.save} and clears the cache, whether or not the ring was saved. */
  save(ring: KeyRing, replaces: number): Promise<boolean>;
}

/** Wraps the key store in a cache. */
export function cachedKeyRing({ keyStore, keyMaker, clock }: Deps): CachedKeyRing {
  let cached: { ring: Promise<KeyRing>; readAtMs: number } | undefined;

  function read(): Promise<KeyRing> {
    const nowMs = clock.now();
    if (cached && nowMs - cached.readAtMs < RING_CACHE_MS) return cached.ring;
    const reading = { ring: readFresh(), readAtMs: nowMs };
    reading.ring.catch(() => {
      if (cached === reading) cached = undefined;
    });
    cached = reading;
    return reading.ring;
  }

  async function readFresh(): Promise<KeyRing> {
    const stored = await keyStore.load();
    if (stored) return stored;
    // Several processes may start on an empty table. The conditional save lets one of them win;
    // the others use its ring.
    const first = firstRing(await keyMaker.make(), clock.now());
    if (await keyStore.save(first, undefined)) return first;
    const winner = await keyStore.load();
    if (winner) return winner;
    throw new AppError('unavailable', 'unavailable', 'The signing keys cannot be read.', {
      retryAfterSeconds: 1,
    });
  }

  async function save(ring: KeyRing, replaces: number): Promise<boolean> {
    const saved = await keyStore.save(ring, replaces);
    cached = undefined;
    return saved;
  }

  return { read, readFresh, save };
}
