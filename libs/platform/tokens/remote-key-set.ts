import { setTimeout as wait } from 'node:timers/promises';
import type { JWTVerifyGetKey } from 'jose';
import { currentLogger } from '../telemetry/process-telemetry.ts';

/** Finds the public key for a token's header. */
export type KeySet = JWTVerifyGetKey;

export interface RemoteKeySet extends KeySet {
  /**
   * Fetches the keys before a request needs them. Resolves when they are cached, or after a time limit without them, so
   * that a service starts even while auth is down. Never rejects.
   */
  prepare(): Promise<void>;
}

/** All attempts together take less than the 10 s in which a service answers a request. */
const FETCH_TIMEOUT_MS = 4_000;
const FETCH_ATTEMPTS = 2;
/** Between two attempts, with full jitter. */
const MAX_PAUSE_MS = 200;
/** How long a new process waits for the keys before it serves requests without them. */
const PREPARE_TIMEOUT_MS = 10_000;
/** An unknown key id triggers a fetch, but at most one in this time, so that forged ids cannot flood auth. */
const COOLDOWN_MS = 30_000;
/** Age at which the keys are refreshed in the background. */
const REFRESH_AFTER_MS = 300_000;

/**
 * Auth's published keys, cached without expiry: while auth is unreachable, tokens are verified with the last fetched
 * keys. A background refresh removes keys that auth no longer publishes.
 * @throws JOSEError (from the returned function) when no key matches, or the keys were never fetched
 */
export function remoteKeySet(
  jwksUrl: string,
  prepareTimeoutMs: number = PREPARE_TIMEOUT_MS,
): RemoteKeySet {
  // Caches the promise, not its value, so that concurrent first requests share one fetch.
  let loading: ReturnType<typeof load> | undefined;
  let preparing: Promise<void> | undefined;
  let refreshedAtMs = Date.now();

  async function load() {
    const { createRemoteJWKSet } = await import('jose');
    const keys = createRemoteJWKSet(new URL(jwksUrl), {
      cacheMaxAge: Number.POSITIVE_INFINITY,
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: FETCH_TIMEOUT_MS,
    });
    for (let attempt = 1; ; attempt++) {
      try {
        await keys.reload();
        return keys;
      } catch (error) {
        if (attempt === FETCH_ATTEMPTS) throw error;
      }
      await pause();
    }
  }

  /** The next call fetches again after a failure. */
  function loaded(): ReturnType<typeof load> {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  async function prepare(): Promise<void> {
    const late = AbortSignal.timeout(prepareTimeoutMs);
    const timedOut = new Promise<false>((resolve) => {
      late.addEventListener('abort', () => resolve(false), { once: true });
    });
    let lastError: unknown;
    while (!late.aborted) {
      const fetched = loaded().then(
        () => true,
        (error: unknown) => {
          lastError = error;
          return pause().then(() => undefined);
        },
      );
      if (await Promise.race([fetched, timedOut])) return;
    }
    currentLogger().warn({ err: lastError }, 'starting without the keys of tokens');
  }

  const keySet: KeySet = async (header, token) => {
    const keys = await loaded();
    if (Date.now() - refreshedAtMs > REFRESH_AFTER_MS) {
      refreshedAtMs = Date.now();
      keys.reload().catch(() => {
        // Auth is unreachable; the cached keys remain valid.
      });
    }
    return keys(header, token);
  };
  return Object.assign(keySet, {
    prepare: () => {
      preparing ??= prepare();
      return preparing;
    },
  });
}

const pause = () => wait(Math.random() * MAX_PAUSE_MS);
