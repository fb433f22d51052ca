import { beforeEach, describe, expect, it } from 'vitest';
import type { Account, Accounts } from '../core/index.ts';

const mara: Account = {
  id: 'a1',
  email: 'mara@example.com',
  role: 'customer',
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** The behaviour every account store must have. `open` returns an empty one. */
export function accountsContract(name: string, open: () => Promise<Accounts>): void {
  let accounts: Accounts;
  beforeEach(async () => {
    accounts = await open();
  });

  describe(`accounts in ${name}`, () => {
    it('exist once per e-mail address and are found by address and by ID', async () => {
      expect(await accounts.create(mara, 'hash-1')).toBe('created');
      expect(await accounts.create({ ...mara, id: 'a2' }, 'hash-2')).toBe('exists');
      expect(await accounts.credentials(mara.email)).toEqual({
        accountId: 'a1',
        role: 'customer',
        passwordHash: 'hash-1',
        credentialsVersion: 1,
      });
      expect(await accounts.byId('a1')).toEqual(mara);
      expect(await accounts.standing('a1')).toEqual({ role: 'customer', credentialsVersion: 1 });
      expect(await accounts.byId('a2')).toBeUndefined();
      expect(await accounts.standing('a2')).toBeUndefined();
      expect(await accounts.credentials('other@example.com')).toBeUndefined();
    });

    it('exist once per ID', async () => {
      await accounts.create(mara, 'hash-1');
      const other = { ...mara, email: 'other@example.com' };
      expect(await accounts.create(other, 'hash-2')).toBe('exists');
      expect(await accounts.credentials(other.email)).toBeUndefined();
      expect(await accounts.byId('a1')).toEqual(mara);
    });

    it('are created once when the same address is registered concurrently', async () => {
      const creations = Array.from({ length: 8 }, (_, index) =>
        accounts.create({ ...mara, id: `a${index}` }, 'hash'),
      );
      const outcomes = await Promise.all(creations);
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    });

    it('become administrators with a new password and a higher credentials version', async () => {
      await accounts.create(mara, 'hash-1');
      expect(await accounts.makeAdmin(mara.email, 'hash-2')).toEqual({ id: 'a1' });
      expect(await accounts.byId('a1')).toEqual({ ...mara, role: 'admin' });
      expect(await accounts.credentials(mara.email)).toEqual({
        accountId: 'a1',
        role: 'admin',
        passwordHash: 'hash-2',
        credentialsVersion: 2,
      });
      expect(await accounts.standing('a1')).toEqual({ role: 'admin', credentialsVersion: 2 });
      expect(await accounts.makeAdmin(mara.email, 'hash-3')).toEqual({ id: 'a1' });
      expect(await accounts.standing('a1')).toEqual({ role: 'admin', credentialsVersion: 3 });
    });

    it('do not become administrators if they do not exist', async () => {
      expect(await accounts.makeAdmin('other@example.com', 'hash')).toBeUndefined();
      expect(await accounts.credentials('other@example.com')).toBeUndefined();
    });
  });
}
