import {
  type AttemptRules,
  type AuthDeps,
  createAuth,
  invalidToken,
  type SigningKey,
  type TokenClaims,
} from '../core/index.ts';
import { inMemoryAccounts } from './in-memory-accounts.ts';
import { type InMemoryKeys, inMemoryKeys } from './in-memory-keys.ts';
import { inMemoryLimits } from './in-memory-limits.ts';
import { inMemoryRefreshFamilies, numberedSecrets } from './in-memory-refresh-families.ts';

interface Options {
  /** Keys that several instances share. */
  readonly keys?: InMemoryKeys;
  readonly families?: AuthDeps['families'];
  readonly rules?: AttemptRules;
}

/** Auth with every port in memory and a clock that the test sets, for unit tests of the use cases. */
export function inMemoryAuth(options: Options = {}) {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.nowMs };
  let lastId = 0;
  const ids = { next: () => `id-${++lastId}` };
  const accounts = inMemoryAccounts();
  const { hasher, hashed } = recordingHasher();
  const { keys = inMemoryKeys(), families = inMemoryRefreshFamilies() } = options;
  const limits = inMemoryLimits({ clock, ...(options.rules && { rules: options.rules }) });
  const deps: AuthDeps = {
    accounts,
    hasher,
    clock,
    ids,
    keyStore: keys,
    keyMaker: keys,
    tokens: { ...readableTokens },
    families,
    secrets: numberedSecrets(),
    limits,
  };
  return { deps, auth: createAuth(deps), clock, accounts, hashed, keys, limits };
}

/** A hasher that records every password it hashes or verifies. */
function recordingHasher() {
  const hashed: string[] = [];
  const hasher: AuthDeps['hasher'] = {
    async hash(password) {
      hashed.push(password);
      return `hash(${password})`;
    },
    async verify(password, hash) {
      hashed.push(password);
      return hash === `hash(${password})`;
    },
  };
  return { hasher, hashed };
}

/** Access tokens in plain JSON. */
const readableTokens: AuthDeps['tokens'] = {
  async sign(claims: TokenClaims, key: SigningKey) {
    return JSON.stringify({ ...claims, kid: key.kid });
  },
  /** @throws AppError unauthenticated `invalid-token` */
  async verify(token, keys, nowMs) {
    const claims = JSON.parse(token) as TokenClaims & { kid: string };
    const known = keys.some((key) => key.kid === claims.kid);
    if (known && nowMs < claims.expiresAtSeconds * 1000) return { accountId: claims.accountId };
    throw invalidToken();
  },
};
