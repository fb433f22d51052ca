import { AppError } from '@triptych/platform/errors';
import {
  type Account,
  type AuthParts,
  type Credentials,
  createAuth,
  type KeyRing,
  type SigningKey,
  type TokenClaims,
} from '../core/index.ts';
import { countedSecrets, familiesInMemory } from './in-memory-families.ts';
import { limitsInMemory } from './in-memory-limits.ts';

/** Auth with every port in memory and a clock that the test sets: for unit tests of the use cases only. */
export function inMemoryAuth(shared: { ring?: SharedRing; families?: AuthParts['families'] } = {}) {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.nowMs };
  let lastId = 0;
  const ids = { next: () => `id-${++lastId}` };
  const accounts = accountsInMemory();
  const hashed: string[] = [];
  const hasher: AuthParts['hasher'] = {
    async hash(password) {
      hashed.push(password);
      return `hash(${password})`;
    },
    async verify(password, hash) {
      hashed.push(password);
      return hash === `hash(${password})`;
    },
  };
  const ring = shared.ring ?? sharedRing();
  const limits = limitsInMemory();
  const families = shared.families ?? familiesInMemory();
  const parts: AuthParts = {
    accounts,
    hasher,
    clock,
    ids,
    keyStore: ring,
    keyMaker: { make: async () => ring.newKey() },
    tokens: { ...readableTokens },
    families,
    secrets: countedSecrets(),
    limits,
  };
  return { parts, auth: createAuth(parts), clock, accounts, hashed, ring, limits };
}

function accountsInMemory() {
  const byEmail = new Map<string, Credentials>();
  const byId = new Map<string, Account>();
  const lookups: string[] = [];
  return {
    lookups,
    async create(account: Account, passwordHash: string) {
      if (byEmail.has(account.email)) return 'exists' as const;
      byEmail.set(account.email, {
        accountId: account.id,
        role: account.role,
        passwordHash,
        credentialsVersion: 1,
      });
      byId.set(account.id, account);
      return 'created' as const;
    },
    async makeAdmin(email: string, passwordHash: string) {
      const id = byEmail.get(email)?.accountId;
      const account = id === undefined ? undefined : byId.get(id);
      if (!account) return undefined;
      const credentialsVersion = (byEmail.get(email)?.credentialsVersion ?? 0) + 1;
      byEmail.set(email, {
        accountId: account.id,
        role: 'admin',
        passwordHash,
        credentialsVersion,
      });
      byId.set(account.id, { ...account, role: 'admin' });
      return { id: account.id };
    },
    async credentials(email: string) {
      lookups.push(email);
      return byEmail.get(email);
    },
    async byId(id: string) {
      return byId.get(id);
    },
    async standing(id: string) {
      const email = byId.get(id)?.email;
      return email === undefined ? undefined : byEmail.get(email);
    },
    remove: (id: string) => byId.delete(id),
  };
}

export type SharedRing = ReturnType<typeof sharedRing>;

/** A key store that several instances of auth may share, as processes share a table. */
export function sharedRing() {
  let made = 0;
  const state: { stored: KeyRing | undefined; loads: number } = { stored: undefined, loads: 0 };
  return {
    state,
    newKey() {
      const kid = `key-${++made}`;
      const publicJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid, alg: 'ES256', use: 'sig' };
      return { kid, publicJwk, sealedPrivateKey: `sealed(${kid})` };
    },
    async load() {
      state.loads += 1;
      return state.stored;
    },
    async save(ring: KeyRing, replaces: number | undefined) {
      if (state.stored?.version !== replaces) return false;
      state.stored = ring;
      return true;
    },
  };
}

const readableTokens: AuthParts['tokens'] = {
  async sign(claims: TokenClaims, key: SigningKey) {
    return JSON.stringify({ ...claims, kid: key.kid });
  },
  async verify(token, keys, nowMs) {
    const claims = JSON.parse(token) as TokenClaims & { kid: string };
    const known = keys.some((key) => key.kid === claims.kid);
    if (known && nowMs < claims.expiresAtSeconds * 1000) return { accountId: claims.accountId };
    throw new AppError('unauthenticated', 'invalid-token', 'The access token is not valid.');
  },
};
