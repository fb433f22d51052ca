import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';

const address = '203.0.113.7';
const email = 'mara@example.com';
const password = 'nine lives of a cat';

describe('registering', () => {
  it('returns the same result after the same hashing, whether or not the address is known', async () => {
    const { auth, hashed } = inMemoryAuth();
    const first = await auth.register({ email, password });
    const second = await auth.register({ email, password: 'another good one' });
    expect(second).toEqual(first);
    expect(hashed).toEqual([password, 'another good one']);
  });

  it('keeps the first password when the address is registered again', async () => {
    const { auth } = inMemoryAuth();
    await auth.register({ email, password });
    await auth.register({ email, password: 'another good one' });
    await expect(auth.logIn({ address, email, password })).resolves.toBeDefined();
    await expect(
      auth.logIn({ address, email, password: 'another good one' }),
    ).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
  });

  it.each(['MARA@Example.COM', '  mara@example.com ', 'ｍａｒａ@example.com', 'mara@example.com.'])(
    'treats %j as the same account',
    async (spelling) => {
      const { auth } = inMemoryAuth();
      await auth.register({ email, password });
      await expect(auth.logIn({ address, email: spelling, password })).resolves.toBeDefined();
    },
  );

  it.each(['mara', 'mara@', '@example.com', 'mara@example', 'ma ra@example.com', 'a@b..c'])(
    'rejects %j as an e-mail address and names the field',
    async (address) => {
      const { auth } = inMemoryAuth();
      await expect(auth.register({ email: address, password })).rejects.toMatchObject({
        kind: 'validation',
        fields: [{ path: '/email' }],
      });
    },
  );

  it('makes one account of the spellings of an internationalised domain', async () => {
    const { auth } = inMemoryAuth();
    await auth.register({ email: 'mara@bücher.example', password });
    await auth.register({ email: 'mara@xn--bcher-kva.example', password: 'another good one' });
    const ids = [];
    for (const spelling of ['mara@BÜCHER.example', 'mara@xn--bcher-kva.example']) {
      const session = await auth.logIn({ address, email: spelling, password });
      ids.push((await auth.readAccount(session)).id);
    }
    expect(new Set(ids).size).toBe(1);
  });

  it.each(['mara@bücher.example', 'MARA@xn--bcher-kva.example'])(
    'rejects %s as its own password',
    async (own) => {
      const { auth } = inMemoryAuth();
      const registration = auth.register({ email: 'mara@bücher.example', password: own });
      await expect(registration).rejects.toMatchObject({ fields: [{ path: '/password' }] });
    },
  );

  it('counts the characters of a password, not its code units', async () => {
    const { auth } = inMemoryAuth();
    await expect(auth.register({ email, password: '🐈🐕🐎🐄' })).rejects.toMatchObject({
      fields: [{ path: '/password' }],
    });
    await expect(auth.register({ email, password: '🐈🐕🐎🐄🐖🐏🐑🐐' })).resolves.toBeUndefined();
  });

  it('rejects passwords of 7 and 129 characters and accepts 128', async () => {
    const { auth } = inMemoryAuth();
    const ofLength = (length: number) =>
      'Lorem ipsum dolor sit amet, '.repeat(9).slice(1, 1 + length);
    for (const length of [7, 129]) {
      await expect(auth.register({ email, password: ofLength(length) })).rejects.toMatchObject({
        kind: 'validation',
      });
    }
    await expect(auth.register({ email, password: ofLength(128) })).resolves.toBeUndefined();
  });
});
