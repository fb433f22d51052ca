import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { createAdmin } from './create-admin.ts';

const address = '203.0.113.7';
const credentials = { email: 'mara@example.com', password: 'nine lives of a cat' };
const daySeconds = 86_400;

async function withSession() {
  const parts = inMemoryAuth();
  await parts.auth.register(credentials);
  const session = await parts.auth.logIn({ ...credentials, address });
  return { ...parts, session };
}

const invalid = { kind: 'unauthenticated', code: 'invalid-token' };
const reused = { kind: 'unauthenticated', code: 'token-reused' };

describe('refreshing a session', () => {
  it('gives a new access token and a new refresh token of a family that lives 30 days', async () => {
    const { auth, clock, session } = await withSession();
    expect(session.refreshExpiresInSeconds).toBe(30 * daySeconds);
    clock.nowMs += daySeconds * 1000;
    const next = await auth.refresh(session.refreshToken);
    expect(next.refreshToken).not.toBe(session.refreshToken);
    expect(next.expiresInSeconds).toBe(900);
    expect(next.refreshExpiresInSeconds).toBe(29 * daySeconds);
    await expect(auth.me(next.accessToken)).resolves.toMatchObject({ email: credentials.email });
  });

  it('ends the family when a spent token comes again, the newest token included', async () => {
    const { auth, session } = await withSession();
    const second = await auth.refresh(session.refreshToken);
    await expect(auth.refresh(session.refreshToken)).rejects.toMatchObject(reused);
    await expect(auth.refresh(second.refreshToken)).rejects.toMatchObject(reused);
    await expect(auth.refresh(session.refreshToken)).rejects.toMatchObject(reused);
    await expect(auth.logIn({ ...credentials, address })).resolves.toBeDefined();
  });

  it('refuses tokens that are unknown, of another kind, or of an expired family', async () => {
    const { auth, clock, session } = await withSession();
    await expect(auth.refresh('rt_nobody')).rejects.toMatchObject(invalid);
    await expect(auth.refresh(session.accessToken)).rejects.toMatchObject(invalid);
    clock.nowMs += 30 * daySeconds * 1000;
    await expect(auth.refresh(session.refreshToken)).rejects.toMatchObject(invalid);
  });

  it('refuses an account that is gone, and sessions older than a password set by command', async () => {
    const { auth, accounts, parts, session } = await withSession();
    const other = await auth.logIn({ ...credentials, address });
    await createAdmin(parts)({ ...credentials, password: 'quite another one' });
    await expect(auth.refresh(session.refreshToken)).rejects.toMatchObject(invalid);
    accounts.remove(JSON.parse(session.accessToken).accountId);
    await expect(auth.refresh(other.refreshToken)).rejects.toMatchObject(invalid);
  });

  it('does not spend the token when no access token can be signed', async () => {
    const { auth, parts, session } = await withSession();
    const { sign } = parts.tokens;
    parts.tokens.sign = async () => Promise.reject(new Error('no key'));
    await expect(auth.refresh(session.refreshToken)).rejects.toThrow('no key');
    parts.tokens.sign = sign;
    await expect(auth.refresh(session.refreshToken)).resolves.toBeDefined();
  });
});

describe('logging out', () => {
  it('ends the family by any of its tokens, and no other', async () => {
    const { auth, session } = await withSession();
    const other = await auth.logIn({ ...credentials, address });
    const second = await auth.refresh(session.refreshToken);
    await auth.logOut(session.refreshToken);
    await expect(auth.refresh(second.refreshToken)).rejects.toMatchObject(invalid);
    await expect(auth.refresh(other.refreshToken)).resolves.toBeDefined();
  });

  it('says nothing about tokens it does not know, and is done once', async () => {
    const { auth, session } = await withSession();
    await expect(auth.logOut('rt_nobody')).resolves.toBeUndefined();
    await auth.logOut(session.refreshToken);
    await expect(auth.logOut(session.refreshToken)).resolves.toBeUndefined();
  });
});
