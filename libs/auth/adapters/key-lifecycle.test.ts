import { expect, it } from 'vitest';
import {
  cachedKeyRing,
  currentKey,
  type PublicJwk,
  publishedKeys,
  ROTATION_RULES,
  rotateKeysIfDue,
  type SigningKey,
} from '../core/index.ts';
import { inMemoryKeys } from '../testing/in-memory-keys.ts';
import { joseKeys } from './jose-keys.ts';
import { joseTokens } from './jose-tokens.ts';
import { aesGcmSeal } from './sealed-keys.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Real keys and tokens on a clock that the test sets. */
function service() {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.nowMs };
  const seal = aesGcmSeal('a key-encryption key');
  let made = 0;
  const keyMaker = joseKeys({ seal, ids: { next: () => `key-${++made}` } });
  const keyRing = cachedKeyRing({ keyStore: inMemoryKeys(), keyMaker, clock });
  const keys = {
    current: async () => currentKey(await keyRing.read()),
    published: async () => publishedKeys(await keyRing.read(), clock.now()),
    rotate: (early = false) => rotateKeysIfDue({ keyRing, keyMaker, clock }, { early }),
  };
  const tokens = joseTokens({ issuer: 'http://127.0.0.1:4001', seal });
  const issue = (key: SigningKey) => {
    const issuedAtSeconds = clock.nowMs / 1000;
    const times = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + 900 };
    return tokens.sign({ tokenId: 't', accountId: 'a1', role: 'customer', ...times }, key);
  };
  const verify = (token: string, known: readonly PublicJwk[]) =>
    tokens.verify(token, known, clock.nowMs);
  return { clock, keys, issue, verify };
}

it('old tokens and old key sets stay usable during a rotation', async () => {
  const { clock, keys, issue, verify } = service();
  const first = await keys.current();
  clock.nowMs += 28 * DAY_MS;
  await keys.rotate();
  expect((await keys.current()).kid).toBe(first.kid);
  clock.nowMs += DAY_MS;
  const keySetOfDayBefore = await keys.published();

  clock.nowMs += DAY_MS;
  const old = await issue(await keys.current());
  await keys.rotate();
  const second = await keys.current();
  expect(second.kid).not.toBe(first.kid);
  await expect(verify(await issue(second), keySetOfDayBefore)).resolves.toBeDefined();

  clock.nowMs += 15 * MINUTE_MS - 1_000;
  await expect(verify(old, await keys.published())).resolves.toEqual({ accountId: 'a1' });
  clock.nowMs += MINUTE_MS;
  await expect(verify(old, await keys.published())).rejects.toMatchObject({
    code: 'invalid-token',
  });
});

it('a retired key stays published until a token signed with the oldest cached ring expires', async () => {
  const { clock, keys, issue, verify } = service();
  const first = await keys.current();
  await keys.rotate(true);
  clock.nowMs += DAY_MS;
  await keys.rotate(true);

  clock.nowMs += MINUTE_MS;
  const late = await issue(first);
  clock.nowMs += 15 * MINUTE_MS - 1_000;
  await expect(verify(late, await keys.published())).resolves.toBeDefined();
  clock.nowMs += ROTATION_RULES.retiredForMs;
  expect((await keys.published()).map(({ kid }) => kid)).not.toContain(first.kid);
});
