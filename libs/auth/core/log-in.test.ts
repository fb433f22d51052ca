import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';

const address = '203.0.113.7';
const email = 'mara@example.com';
const password = 'nine lives of a cat';

async function withAccount() {
  const parts = inMemoryAuth();
  await parts.auth.register({ email, password });
  parts.hashed.length = 0;
  return parts;
}

describe('logging in', () => {
  it('gives an access token for 15 minutes that says whose it is', async () => {
    const { auth, clock } = await withAccount();
    const session = await auth.logIn({ address, email, password });
    const claims = JSON.parse(session.accessToken);
    expect(session.expiresInSeconds).toBe(900);
    expect(claims.issuedAtSeconds).toBe(clock.nowMs / 1000);
    expect(claims.expiresAtSeconds - claims.issuedAtSeconds).toBe(900);
    await expect(auth.me(session.accessToken)).resolves.toEqual({
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
  ])('answers %s with the same error after one lookup and one hashing', async (_what, attempt) => {
    const { auth, hashed, accounts } = await withAccount();
    await expect(auth.logIn({ ...attempt, address })).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'invalid-credentials',
      detail: 'The e-mail address or the password is wrong.',
    });
    expect(hashed).toHaveLength(1);
    expect(accounts.lookups).toHaveLength(1);
  });

  it('is refused unheard after too many failures, and not after a success forgave the earlier ones', async () => {
    const { auth, hashed, limits } = await withAccount();
    limits.state.most = 2;
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

  it.each([email, 'nobody@example.com', 'nobody'])('is counted for %s alike', async (whose) => {
    const { auth, limits } = await withAccount();
    limits.state.most = 0;
    const attempt = { address, email: ` ${whose.toUpperCase()}`, password };
    await expect(auth.logIn(attempt)).rejects.toMatchObject({ code: 'too-many-attempts' });
    expect(limits.state.counted).toHaveLength(1);
    expect(limits.state.counted[0]?.address).toBe(address);
  });

  it('lets nobody in while attempts cannot be counted', async () => {
    const { auth, parts } = await withAccount();
    parts.limits.count = async () => Promise.reject(new Error('store away'));
    await expect(auth.logIn({ address, email, password })).rejects.toThrow('store away');
  });

  it('takes a password typed with composed or decomposed accents', async () => {
    const { auth } = inMemoryAuth();
    await auth.register({ email, password: 'Crème brûlée'.normalize('NFD') });
    await expect(
      auth.logIn({ address, email, password: 'Crème brûlée'.normalize('NFC') }),
    ).resolves.toBeDefined();
  });

  it('refuses a token when it has expired or its account is gone', async () => {
    const { auth, clock, accounts } = await withAccount();
    const { accessToken } = await auth.logIn({ address, email, password });
    accounts.remove(JSON.parse(accessToken).accountId);
    await expect(auth.me(accessToken)).rejects.toMatchObject({ code: 'invalid-token' });
    clock.nowMs += 900_000;
    await expect(auth.me(accessToken)).rejects.toMatchObject({ code: 'invalid-token' });
  });
});
