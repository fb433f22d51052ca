import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { createAdmin } from './create-admin.ts';

const address = '203.0.113.7';
const email = 'boss@example.com';
const password = 'nine lives of a cat';

describe('making an administrator', () => {
  it('creates the account with the role admin', async () => {
    const { parts, auth } = inMemoryAuth();
    const { id, created } = await createAdmin(parts)({ email, password });
    const { accessToken } = await auth.logIn({ address, email, password });
    expect(created).toBe(true);
    expect(await auth.me(accessToken)).toMatchObject({ id, role: 'admin' });
  });

  it('run again, leaves one account with the same id', async () => {
    const { parts } = inMemoryAuth();
    const first = await createAdmin(parts)({ email, password });
    const second = await createAdmin(parts)({ email, password });
    expect(second).toEqual({ id: first.id, created: false });
  });

  it('shuts out whoever had registered the address before', async () => {
    const { parts, auth } = inMemoryAuth();
    await auth.register({ email, password: 'the squatter was here' });
    await createAdmin(parts)({ email, password });
    await expect(auth.logIn({ address, email, password })).resolves.toBeDefined();
    await expect(
      auth.logIn({ address, email, password: 'the squatter was here' }),
    ).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
  });

  it('holds the operator to the same password rules', async () => {
    const { parts } = inMemoryAuth();
    await expect(createAdmin(parts)({ email, password: 'Password123' })).rejects.toMatchObject({
      kind: 'validation',
    });
  });
});
