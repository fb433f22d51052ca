import type { CdnResponse } from './viewer-request.ts';

interface Entry {
  readonly response: CdnResponse;
  readonly storedAtMs: number;
  readonly expiresAtMs: number;
}

export interface CacheHit {
  readonly response: CdnResponse;
  readonly ageS: number;
  /** False when the lifetime has ended, so that the origin must revalidate the response. */
  readonly fresh: boolean;
}

/** Estimated overhead of an entry in bytes, without its body. */
const ENTRY_BYTES = 1024;

/** An in-memory LRU cache of responses, limited to a number of bytes. */
export class Cache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string, nowMs: number): CacheHit | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#remove(key, entry);
    this.#add(key, entry); // moves it to the end: most recently used
    const ageS = Math.floor((nowMs - entry.storedAtMs) / 1000);
    return { response: entry.response, ageS, fresh: nowMs < entry.expiresAtMs };
  }

  /** Stores a response. One with a lifetime of 0 is stored only for revalidation. */
  set(key: string, response: CdnResponse, ttlS: number, nowMs: number): void {
    const old = this.#entries.get(key);
    if (old) this.#remove(key, old);
    if (response.body.length + ENTRY_BYTES > this.#maxBytes) return;
    this.#add(key, { response, storedAtMs: nowMs, expiresAtMs: nowMs + ttlS * 1000 });
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest, entry);
    }
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#bytes += entry.response.body.length + ENTRY_BYTES;
  }

  #remove(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#bytes -= entry.response.body.length + ENTRY_BYTES;
  }
}
