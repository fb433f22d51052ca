import {
  type DynamoTable,
  putNew,
  readItem,
  requireAbsent,
  transact,
  updateItem,
} from '@triptych/platform/aws';
import type { Account, Accounts, Credentials, Email, Standing } from '../core/index.ts';
import { storedSpellings } from './stored-spellings.ts';

/**
 * Stores accounts in auth's table, two items each:
 *
 * | pk | sk | attributes |
 * | --- | --- | --- |
 * | `ACCOUNT#<id>` | `ACCOUNT` | `id`, `email`, `role`, `createdAt`, `credentialsVersion` |
 * | `EMAIL#<e-mail>` | `CREDENTIALS` | `accountId`, `role`, `passwordHash`, `credentialsVersion` |
 *
 * One transaction writes both. The second makes the address unique and gives a log-in everything
 * it needs in one read. An address that is not in ASCII takes up to three, because older accounts
 * are stored under {@link storedSpellings other spellings}.
 */
export function dynamoAccounts(of: DynamoTable): Accounts & { ping(): Promise<void> } {
  const { client, table } = of;

  /** The credentials, and the spelling under which they are stored. */
  async function find(email: Email) {
    const spellings = storedSpellings(email);
    // All are read, in parallel, so that the time does not reveal which of them exists.
    const items = await Promise.all(spellings.map((one) => readItem(of, credentialsKey(one))));
    const index = items.findIndex((item) => item !== undefined);
    if (index < 0) return undefined;
    return { spelling: spellings[index] as string, credentials: items[index] as Credentials };
  }

  return {
    async create(account, passwordHash) {
      const { id: accountId, role } = account;
      const email = account.email.canonical;
      const others = storedSpellings(account.email).filter((spelling) => spelling !== email);
      const credentialsVersion = 1;
      const done = await transact(client, [
        putNew(table, {
          ...credentialsKey(email),
          accountId,
          role,
          passwordHash,
          credentialsVersion,
        }),
        putNew(table, { ...accountKey(accountId), ...account, email, credentialsVersion }),
        ...others.map((spelling) => requireAbsent(table, credentialsKey(spelling))),
      ]);
      return done.committed ? 'created' : 'exists';
    },

    async makeAdmin(email, passwordHash) {
      const known = await find(email);
      if (!known) return undefined;
      const id = known.credentials.accountId;
      const names = { '#role': 'role' };
      const done = await transact(client, [
        updateItem(table, credentialsKey(known.spelling), {
          set: `${SET_ADMIN}, passwordHash = :hash`,
          when: 'accountId = :id',
          values: { ':admin': 'admin', ':one': 1, ':hash': passwordHash, ':id': id },
          names,
        }),
        updateItem(table, accountKey(id), {
          set: SET_ADMIN,
          when: 'attribute_exists(pk)',
          values: { ':admin': 'admin', ':one': 1 },
          names,
        }),
      ]);
      return done.committed ? { id } : undefined;
    },

    async credentials(email) {
      const known = await find(email);
      if (!known) return undefined;
      const { accountId, role, passwordHash, credentialsVersion } = known.credentials;
      return { accountId, role, passwordHash, credentialsVersion };
    },

    async byId(id) {
      const item = (await readItem(of, accountKey(id))) as Account | undefined;
      return item && { id: item.id, email: item.email, role: item.role, createdAt: item.createdAt };
    },

    async standing(id) {
      const item = (await readItem(of, accountKey(id))) as Standing | undefined;
      return item && { role: item.role, credentialsVersion: item.credentialsVersion };
    },

    /** Checks the table with one cheap read of an item that need not exist. Throws if it fails. */
    async ping() {
      await readItem(of, accountKey('ping'));
    },
  };
}

/** Changes the role and the credentials version in both items of an account. */
const SET_ADMIN = 'SET #role = :admin, credentialsVersion = credentialsVersion + :one';

function credentialsKey(email: string) {
  return { pk: `EMAIL#${email}`, sk: 'CREDENTIALS' };
}

function accountKey(id: string) {
  return { pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' };
}
