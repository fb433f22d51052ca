import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { ATTEMPT_RULES, type AttemptRules } from './attempt-limits.ts';

const address = '203.0.113.7';
const email = 'mara@example.com';
const password = 'nine lives of a cat';

async function withAccount(rules: Partial<AttemptRules> = {}) {
  const world = inMemoryAuth({ rules: { ...ATTEMPT_RULES, ...rules } });
  await world.auth.register({ email, password });
  world.hashed.length = 0;
  return world;
}

describe('logging in', () => {
  it('returns an access token that names its account and is valid for 15 minutes', async () => {
    const { auth, clock } = await withAccount();
    const session = await auth.logIn({ address, email, password });
    const claims = JSON.parse(session.accessToken);
    expect(session.expiresInSeconds).toBe(900);
    expect(claims.issuedAtSeconds).toBe(clock.nowMs / 1000);
    expect(claims.expiresAtSeconds - claims.issuedAtSeconds).toBe(900);
    await expect(auth.readAccount(session)).resolves.toEqual({
      id: claims.accountId,
      email,
      role: 'customer',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each([
    ['a wrong password', { email, password: 'not the one' }],
    ['an unknown account', { email: 'nobody@example.com', password }],
    ['a malformed address', { email: 'nobody', password }],
  ])('rejects %s with the same error after one lookup and one hashing', async (_case, attempt) => {
    const { auth, hashed, accounts } = await withAccount();
    await expect(auth.logIn({ ...attempt, address })).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'invalid-credentials',
      detail: 'The e-mail address or the password is wrong.',
    });
    expect(hashed).toHaveLength(1);
    expect(accounts.lookups).toHaveLength(1);
  });

  it('is rejected before the password is checked after too many failures since the last success', async () => {
    const { auth, hashed } = await withAccount({ perAccountAndAddress: 2 });
    const wrong = { address, email, password: 'not the one' };
    await expect(auth.logIn(wrong)).rejects.toMatchObject({ code: 'invalid-credentials' });
    await auth.logIn({ address, email, password });
    await expect(auth.logIn(wrong)).rejects.toMatchObject({ code: 'invalid-credentials' });
    await expect(auth.logIn(wrong)).rejects.toMatchObject({ code: 'invalid-credentials' });
    hashed.length = 0;
    await expect(auth.logIn({ address, email, password })).rejects.toMatchObject({
      kind: 'too-many',
      code: 'too-many-attempts',
      retryAfterSeconds: 900,
    });
    expect(hashed).toEqual([]);
  });

  it.each([email, 'nobody@example.com', 'nobody'])('is counted for %s alike', async (text) => {
    const { auth, limits } = await withAccount({ perAccountAndAddress: 0 });
    const attempt = { address, email: ` ${text.toUpperCase()}`, password };
    await expect(auth.logIn(attempt)).rejects.toMatchObject({ code: 'too-many-attempts' });
    expect(limits.counted).toHaveLength(1);
    expect(limits.counted[0]?.address).toBe(address);
  });

  it('is counted together for all spellings of an address', async () => {
    const { auth, limits } = inMemoryAuth({ rules: { ...ATTEMPT_RULES, perAccount: 1 } });
    for (const [index, spelling] of ['u@bücher.example', 'u@xn--bcher-kva.example'].entries()) {
      const code = ['invalid-credentials', 'too-many-attempts'][index];
      const attempt = auth.logIn({ address, email: spelling, password });
      await expect(attempt).rejects.toMatchObject({ code });
    }
    expect(limits.counted).toHaveLength(2);
  });

  it.each(['u@bücher.example', 'u@xn--bcher-kva.example'])(
    'finds an account that was stored with the domain as it was typed: %s',
    async (spelling) => {
      const { auth, accounts } = inMemoryAuth();
      const stored = { canonical: 'u@bücher.example', former: 'u@bücher.example' };
      const account = { id: 'old', email: stored, role: 'customer', createdAt: '' } as const;
      await accounts.create(account, `hash(${password})`);
      const session = await auth.logIn({ address, email: spelling, password });
      await auth.register({ email: spelling, password: 'another good one' });
      expect(await auth.readAccount(session)).toMatchObject({ id: 'old' });
      await expect(auth.logIn({ address, email: spelling, password })).resolves.toBeDefined();
    },
  );

  it('is impossible while attempts cannot be counted', async () => {
    const { auth, deps } = await withAccount();
    deps.limits.count = async () => Promise.reject(new Error('store unavailable'));
    await expect(auth.logIn({ address, email, password })).rejects.toThrow('store unavailable');
  });

  it('accepts a password typed with composed or decomposed accents', async () => {
    const { auth } = inMemoryAuth();
    await auth.register({ email, password: 'Crème brûlée'.normalize('NFD') });
    await expect(
      auth.logIn({ address, email, password: 'Crème brûlée'.normalize('NFC') }),
    ).resolves.toBeDefined();
  });

  it('returns a token that is rejected once it expires or its account is removed', async () => {
    const { auth, clock, accounts } = await withAccount();
    const session = await auth.logIn({ address, email, password });
    accounts.remove(JSON.parse(session.accessToken).accountId);
    await expect(auth.readAccount(session)).rejects.toMatchObject({ code: 'invalid-token' });
    clock.nowMs += 900_000;
    await expect(auth.readAccount(session)).rejects.toMatchObject({ code: 'invalid-token' });
  });
});
