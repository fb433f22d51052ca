import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { createAdmin } from './create-admin.ts';

const address = '203.0.113.7';
const credentials = { email: 'mara@example.com', password: 'nine lives of a cat' };
const DAY_SECONDS = 86_400;

async function withSession() {
  const world = inMemoryAuth();
  await world.auth.register(credentials);
  const session = await world.auth.logIn({ ...credentials, address });
  return { ...world, session };
}

const invalid = { kind: 'unauthenticated', code: 'invalid-token' };
const reused = { kind: 'unauthenticated', code: 'token-reused' };

describe('refreshing a session', () => {
  it('returns a new access token and a new refresh token; the family lasts 30 days', async () => {
    const { auth, clock, session } = await withSession();
    expect(session.refreshExpiresInSeconds).toBe(30 * DAY_SECONDS);
    clock.nowMs += DAY_SECONDS * 1000;
    const next = await auth.refresh(session);
    expect(next.refreshToken).not.toBe(session.refreshToken);
    expect(next.expiresInSeconds).toBe(900);
    expect(next.refreshExpiresInSeconds).toBe(29 * DAY_SECONDS);
    await expect(auth.readAccount(next)).resolves.toMatchObject({ email: credentials.email });
  });

  it('ends the family, newest token included, when a spent token is used again', async () => {
    const { auth, session } = await withSession();
    const second = await auth.refresh(session);
    await expect(auth.refresh(session)).rejects.toMatchObject(reused);
    await expect(auth.refresh(second)).rejects.toMatchObject(reused);
    await expect(auth.refresh(session)).rejects.toMatchObject(reused);
    await expect(auth.logIn({ ...credentials, address })).resolves.toBeDefined();
  });

  it('rejects tokens that are unknown, of another kind, or of an expired family', async () => {
    const { auth, clock, session } = await withSession();
    await expect(auth.refresh({ refreshToken: 'rt_unknown' })).rejects.toMatchObject(invalid);
    await expect(auth.refresh({ refreshToken: session.accessToken })).rejects.toMatchObject(
      invalid,
    );
    clock.nowMs += 30 * DAY_SECONDS * 1000;
    await expect(auth.refresh(session)).rejects.toMatchObject(invalid);
  });

  it('rejects sessions older than the password, and sessions of a removed account', async () => {
    const { auth, accounts, deps, session } = await withSession();
    const changed = { ...credentials, password: 'quite another one' };
    await createAdmin(deps, changed);
    await expect(auth.refresh(session)).rejects.toMatchObject(invalid);
    const later = await auth.logIn({ ...changed, address });
    accounts.remove(JSON.parse(later.accessToken).accountId);
    await expect(auth.refresh(later)).rejects.toMatchObject(invalid);
  });

  it('does not spend the token when no access token can be signed', async () => {
    const { auth, deps, session } = await withSession();
    const { sign } = deps.tokens;
    deps.tokens.sign = async () => Promise.reject(new Error('no key'));
    await expect(auth.refresh(session)).rejects.toThrow('no key');
    deps.tokens.sign = sign;
    await expect(auth.refresh(session)).resolves.toBeDefined();
  });
});

describe('logging out', () => {
  it('ends the family of any of its tokens, and no other family', async () => {
    const { auth, session } = await withSession();
    const other = await auth.logIn({ ...credentials, address });
    const second = await auth.refresh(session);
    await auth.logOut(session);
    await expect(auth.refresh(second)).rejects.toMatchObject(invalid);
    await expect(auth.refresh(other)).resolves.toBeDefined();
  });

  it('ignores unknown tokens and is idempotent', async () => {
    const { auth, session } = await withSession();
    await expect(auth.logOut({ refreshToken: 'rt_unknown' })).resolves.toBeUndefined();
    await auth.logOut(session);
    await expect(auth.logOut(session)).resolves.toBeUndefined();
  });
});
