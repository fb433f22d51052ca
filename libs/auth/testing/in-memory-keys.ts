import type { KeyMaker, KeyRing, KeyStore } from '../core/index.ts';

export type InMemoryKeys = ReturnType<typeof inMemoryKeys>;

/**
 * A key store that several instances of auth may share, as processes share a table, and a key maker
 * that numbers its keys `key-1`, `key-2`, … Counts the reads.
 */
export function inMemoryKeys() {
  let made = 0;
  const state: { stored: KeyRing | undefined; loads: number } = { stored: undefined, loads: 0 };
  const keys: KeyStore & KeyMaker = {
    async make() {
      const kid = `key-${++made}`;
      const publicJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid, alg: 'ES256', use: 'sig' };
      return { kid, publicJwk, sealedPrivateKey: `sealed(${kid})` };
    },
    async load() {
      state.loads += 1;
      return state.stored;
    },
    async save(ring, replaces) {
      if (state.stored?.version !== replaces) return false;
      state.stored = ring;
      return true;
    },
  };
  return { ...keys, state };
}
