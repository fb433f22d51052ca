import { expect, it } from 'vitest';
import { type PublicJwk, rotationRules, type SigningKey, signingKeys } from '../core/index.ts';
import { sharedRing } from '../testing/in-memory-auth.ts';
import { joseKeys } from './jose-keys.ts';
import { joseTokens } from './jose-tokens.ts';
import { aesGcmSeal } from './sealed-keys.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Real keys and tokens on a clock that the test sets. */
function service() {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.nowMs };
  const seal = aesGcmSeal('a key-encryption key');
  let made = 0;
  const keyMaker = joseKeys({ seal, ids: { next: () => `key-${++made}` } });
  const keys = signingKeys({ keyStore: sharedRing(), keyMaker, clock });
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

it('a rotation is noticed by nobody: not by who holds an old token, nor by who holds an old key set', async () => {
  const { clock, keys, issue, verify } = service();
  const first = await keys.current();
  clock.nowMs += 28 * dayMs;
  await keys.rotateIfDue();
  expect((await keys.current()).kid).toBe(first.kid);
  clock.nowMs += dayMs;
  const setOfTheDayBefore = await keys.published();

  clock.nowMs += dayMs;
  const old = await issue(await keys.current());
  await keys.rotateIfDue();
  const second = await keys.current();
  expect(second.kid).not.toBe(first.kid);
  await expect(verify(await issue(second), setOfTheDayBefore)).resolves.toBeDefined();

  clock.nowMs += 15 * minuteMs - 1_000;
  await expect(verify(old, await keys.published())).resolves.toEqual({ accountId: 'a1' });
  clock.nowMs += minuteMs;
  await expect(verify(old, await keys.published())).rejects.toMatchObject({
    code: 'invalid-token',
  });
});

it('a retired key goes only after a token that a process with the oldest ring signed', async () => {
  const { clock, keys, issue, verify } = service();
  const first = await keys.current();
  await keys.rotateIfDue(true);
  clock.nowMs += dayMs;
  await keys.rotateIfDue(true);

  clock.nowMs += minuteMs;
  const late = await issue(first);
  clock.nowMs += 15 * minuteMs - 1_000;
  await expect(verify(late, await keys.published())).resolves.toBeDefined();
  clock.nowMs += rotationRules.retiredForMs;
  expect((await keys.published()).map(({ kid }) => kid)).not.toContain(first.kid);
});
