import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { createAdmin } from './create-admin.ts';

const address = '203.0.113.7';
const email = 'boss@example.com';
const password = 'nine lives of a cat';

describe('creating an administrator', () => {
  it('creates the account with the role admin', async () => {
    const { deps, auth } = inMemoryAuth();
    const { id, created } = await createAdmin(deps, { email, password });
    const session = await auth.logIn({ address, email, password });
    expect(created).toBe(true);
    expect(await auth.readAccount(session)).toMatchObject({ id, role: 'admin' });
  });

  it('keeps the account and its ID when it runs again', async () => {
    const { deps } = inMemoryAuth();
    const first = await createAdmin(deps, { email, password });
    const second = await createAdmin(deps, { email, password });
    expect(second).toEqual({ id: first.id, created: false });
  });

  it('locks out a person who registered the address before', async () => {
    const { deps, auth } = inMemoryAuth();
    await auth.register({ email, password: 'the squatter was here' });
    await createAdmin(deps, { email, password });
    await expect(auth.logIn({ address, email, password })).resolves.toBeDefined();
    await expect(
      auth.logIn({ address, email, password: 'the squatter was here' }),
    ).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
  });

  it('applies the same password rules to the operator', async () => {
    const { deps } = inMemoryAuth();
    await expect(createAdmin(deps, { email, password: 'Password123' })).rejects.toMatchObject({
      kind: 'validation',
    });
  });
});
