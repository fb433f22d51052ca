import type { JWTVerifyGetKey } from 'jose';

/** Finds the public key that a token's header names. */
export type KeySet = JWTVerifyGetKey;

const FETCH_TIMEOUT_MS = 3_000;
/** An unknown key id makes us fetch again, but not more often than this, whoever sends such ids. */
const COOLDOWN_MS = 30_000;
/** How old keys may grow before they are fetched again beside the work. */
const REFRESH_AFTER_MS = 300_000;

/**
 * Auth's published keys. They never expire here: when auth is away, tokens are still checked against what was fetched
 * last. They are fetched again in the background, so that withdrawn keys do go.
 */
export function remoteKeySet(jwksUrl: string): KeySet {
  // The promise is kept, not its value: each of the requests that come first together would make a set of its own.
  let loading: ReturnType<typeof load> | undefined;
  let refreshedAtMs = Date.now();

  async function load() {
    const { createRemoteJWKSet } = await import('jose');
    return createRemoteJWKSet(new URL(jwksUrl), {
      cacheMaxAge: Number.POSITIVE_INFINITY,
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: FETCH_TIMEOUT_MS,
    });
  }

  return async (header, token) => {
    loading ??= load();
    const keys = await loading;
    if (Date.now() - refreshedAtMs > REFRESH_AFTER_MS) {
      refreshedAtMs = Date.now();
      keys.reload().catch(() => {
        // Auth is away; the keys at hand stay good.
      });
    }
    return keys(header, token);
  };
}
