import { beforeEach, describe, expect, it } from 'vitest';
import type { Account, Accounts, Email, NewAccount } from '../core/index.ts';

const ascii = (text: string): Email => ({ canonical: text, former: text });
const other = ascii('other@example.com');

const mara: NewAccount = {
  id: 'a1',
  email: ascii('mara@example.com'),
  role: 'customer',
  createdAt: '2026-01-01T00:00:00.000Z',
};
const stored: Account = { ...mara, email: 'mara@example.com' };

/** An account from before domains were stored in ASCII. */
const older: NewAccount = { ...mara, id: 'old', email: ascii('mara@bücher.example') };
const inUnicode: Email = {
  canonical: 'mara@xn--bcher-kva.example',
  former: 'mara@bücher.example',
};
const inAscii = ascii(inUnicode.canonical);

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
      expect(await accounts.byId('a1')).toEqual(stored);
      expect(await accounts.standing('a1')).toEqual({ role: 'customer', credentialsVersion: 1 });
      expect(await accounts.byId('a2')).toBeUndefined();
      expect(await accounts.standing('a2')).toBeUndefined();
      expect(await accounts.credentials(other)).toBeUndefined();
    });

    it('exist once per ID', async () => {
      await accounts.create(mara, 'hash-1');
      expect(await accounts.create({ ...mara, email: other }, 'hash-2')).toBe('exists');
      expect(await accounts.credentials(other)).toBeUndefined();
      expect(await accounts.byId('a1')).toEqual(stored);
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
      expect(await accounts.byId('a1')).toEqual({ ...stored, role: 'admin' });
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
      expect(await accounts.makeAdmin(other, 'hash')).toBeUndefined();
      expect(await accounts.credentials(other)).toBeUndefined();
    });

    it.each([inUnicode, inAscii])('are found under their older spelling: %o', async (email) => {
      await accounts.create(older, 'hash');
      expect(await accounts.credentials(email)).toMatchObject({ accountId: 'old' });
      expect(await accounts.create({ ...mara, email }, 'hash-2')).toBe('exists');
      expect(await accounts.byId('a1')).toBeUndefined();
      expect(await accounts.makeAdmin(email, 'hash-3')).toEqual({ id: 'old' });
      expect(await accounts.standing('old')).toEqual({ role: 'admin', credentialsVersion: 2 });
    });

    it('are stored once under the canonical spelling, whatever was typed', async () => {
      expect(await accounts.create({ ...mara, email: inUnicode }, 'hash')).toBe('created');
      expect(await accounts.byId('a1')).toEqual({ ...stored, email: inAscii.canonical });
      expect(await accounts.create({ ...mara, id: 'a2', email: inAscii }, 'hash')).toBe('exists');
      expect(await accounts.credentials(inAscii)).toMatchObject({ accountId: 'a1' });
      expect(await accounts.credentials(inUnicode)).toMatchObject({ accountId: 'a1' });
    });

    it('keep two older accounts apart, each under its own spelling', async () => {
      await accounts.create(older, 'hash-1');
      await accounts.create(
        { ...older, id: 'old-2', email: ascii('mara@BÜCHER.example') },
        'hash-2',
      );
      const typed = { ...inUnicode, former: 'mara@BÜCHER.example' };
      expect(await accounts.credentials(typed)).toMatchObject({ accountId: 'old-2' });
      expect(await accounts.credentials(inUnicode)).toMatchObject({ accountId: 'old' });
    });
  });
}
