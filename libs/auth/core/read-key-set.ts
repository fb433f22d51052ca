import type { CachedKeyRing } from './cached-key-ring.ts';
import type { Clock } from './ports.ts';
import { type PublicJwk, publishedKeys } from './signing-keys.ts';

interface Deps {
  readonly keyRing: CachedKeyRing;
  readonly clock: Clock;
}

/** A JWK Set (RFC 7517 section 5). */
export interface KeySet {
  readonly keys: PublicJwk[];
}

/**
 * Returns the public keys that verify access tokens.
 * @throws AppError unavailable `unavailable`
 */
export async function readKeySet({ keyRing, clock }: Deps): Promise<KeySet> {
  return { keys: publishedKeys(await keyRing.read(), clock.now()) };
}
