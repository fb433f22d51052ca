import type { Caller } from './caller.ts';

/** About 1 MB of tokens. */
const MAX_TOKENS = 2_000;

/**
 * A cache of the callers of verified tokens: each entry until its token expires, at most `maxTokens` entries. The least
 * recently used entry is evicted first.
 */
export function tokenCache(maxTokens: number = MAX_TOKENS, now: () => number = Date.now) {
  const entries = new Map<string, { caller: Caller; expiresAtMs: number }>();
  return {
    get(token: string): Caller | undefined {
      const entry = entries.get(token);
      if (!entry) return undefined;
      entries.delete(token);
      if (entry.expiresAtMs <= now()) return undefined;
      entries.set(token, entry);
      return entry.caller;
    },
    set(token: string, caller: Caller, expiresAtMs: number): void {
      entries.set(token, { caller, expiresAtMs });
      if (entries.size <= maxTokens) return;
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    },
  };
}
