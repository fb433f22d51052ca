import type { Caller } from './caller.ts';

/** About 1 MB of tokens; the one that was used longest ago goes first. */
const MAX_TOKENS = 2_000;

/** Remembers whom a verified token speaks for, until it expires. */
export function verifiedTokens(maxTokens: number = MAX_TOKENS, now: () => number = Date.now) {
  const entries = new Map<string, { caller: Caller; expiresAtMs: number }>();
  return {
    find(token: string): Caller | undefined {
      const entry = entries.get(token);
      if (!entry) return undefined;
      entries.delete(token);
      if (entry.expiresAtMs <= now()) return undefined;
      entries.set(token, entry);
      return entry.caller;
    },
    remember(token: string, caller: Caller, expiresAtMs: number): void {
      entries.set(token, { caller, expiresAtMs });
      if (entries.size <= maxTokens) return;
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    },
  };
}
