import { storedSpellings } from '../adapters/stored-spellings.ts';
import type { Account, Accounts, Credentials, Email } from '../core/index.ts';

/** Accounts in memory. Records the e-mail addresses that log-ins look up. */
export function inMemoryAccounts() {
  const byEmail = new Map<string, Credentials>();
  const byId = new Map<string, Account>();
  const lookups: string[] = [];
  const spellingOf = (email: Email) => storedSpellings(email).find((one) => byEmail.has(one));
  const accounts: Accounts = {
    async create(account, passwordHash) {
      const { id: accountId, role } = account;
      const email = account.email.canonical;
      if (spellingOf(account.email) || byId.has(accountId)) return 'exists';
      byEmail.set(email, { accountId, role, passwordHash, credentialsVersion: 1 });
      byId.set(accountId, { ...account, email });
      return 'created';
    },
    async makeAdmin(address, passwordHash) {
      const email = spellingOf(address) ?? '';
      const known = byEmail.get(email);
      const account = known && byId.get(known.accountId);
      if (!account) return undefined;
      const credentialsVersion = known.credentialsVersion + 1;
      byEmail.set(email, { ...known, role: 'admin', passwordHash, credentialsVersion });
      byId.set(account.id, { ...account, role: 'admin' });
      return { id: account.id };
    },
    async credentials(email) {
      lookups.push(email.canonical);
      return byEmail.get(spellingOf(email) ?? '');
    },
    async byId(id) {
      return byId.get(id);
    },
    async standing(id) {
      const known = byEmail.get(byId.get(id)?.email ?? '');
      return known && { role: known.role, credentialsVersion: known.credentialsVersion };
    },
  };
  return { ...accounts, lookups, remove: (id: string) => byId.delete(id) };
}
