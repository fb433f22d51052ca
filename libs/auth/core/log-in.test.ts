import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';

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
    const session = await auth.logIn({ email, password });
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
    await expect(auth.logIn(attempt)).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'invalid-credentials',
      detail: 'The e-mail address or the password is wrong.',
    });
    expect(hashed).toHaveLength(1);
    expect(accounts.lookups).toHaveLength(1);
  });

  it('takes a password typed with composed or decomposed accents', async () => {
    const { auth } = inMemoryAuth();
    await auth.register({ email, password: 'Crème brûlée'.normalize('NFD') });
    await expect(
      auth.logIn({ email, password: 'Crème brûlée'.normalize('NFC') }),
    ).resolves.toBeDefined();
  });

  it('refuses a token when it has expired or its account is gone', async () => {
    const { auth, clock, accounts } = await withAccount();
    const { accessToken } = await auth.logIn({ email, password });
    accounts.remove(JSON.parse(accessToken).accountId);
    await expect(auth.me(accessToken)).rejects.toMatchObject({ code: 'invalid-token' });
    clock.nowMs += 900_000;
    await expect(auth.me(accessToken)).rejects.toMatchObject({ code: 'invalid-token' });
  });
});
