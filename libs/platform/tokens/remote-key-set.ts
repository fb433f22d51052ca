import type { JWTVerifyGetKey } from 'jose';

/** Finds the public key for a token's header. */
export type KeySet = JWTVerifyGetKey;

const FETCH_TIMEOUT_MS = 3_000;
/** An unknown key id triggers a fetch, but at most one in this time, so that forged ids cannot flood auth. */
const COOLDOWN_MS = 30_000;
/** Age at which the keys are refreshed in the background. */
const REFRESH_AFTER_MS = 300_000;

/**
 * Auth's published keys, cached without expiry: while auth is unreachable, tokens are verified with the last fetched
 * keys. A background refresh removes keys that auth no longer publishes.
 * @throws JOSEError (from the returned function) when no key matches, or the keys were never fetched
 */
export function remoteKeySet(jwksUrl: string): KeySet {
  // Caches the promise, not its value, so that concurrent first requests share one key set.
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
        // Auth is unreachable; the cached keys remain valid.
      });
    }
    return keys(header, token);
  };
}
