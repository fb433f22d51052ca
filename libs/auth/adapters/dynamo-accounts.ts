import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import type { Account, Accounts, Credentials, Standing } from '../core/index.ts';

/**
 * Stores accounts in auth's table, two items each:
 *
 * | pk | sk | attributes |
 * | --- | --- | --- |
 * | `ACCOUNT#<id>` | `ACCOUNT` | `id`, `email`, `role`, `createdAt`, `credentialsVersion` |
 * | `EMAIL#<e-mail>` | `CREDENTIALS` | `accountId`, `role`, `passwordHash`, `credentialsVersion` |
 *
 * One transaction writes both. The second makes the address unique and gives a log-in everything
 * it needs in one read.
 */
export function dynamoAccounts(of: DynamoTable): Accounts & { ping(): Promise<void> } {
  const { client, table } = of;

  async function credentials(email: string): Promise<Credentials | undefined> {
    const item = (await readItem(of, credentialsKey(email))) as Credentials | undefined;
    if (!item) return undefined;
    const { accountId, role, passwordHash, credentialsVersion } = item;
    return { accountId, role, passwordHash, credentialsVersion };
  }

  return {
    async create(account, passwordHash) {
      const { id: accountId, email, role } = account;
      const credentialsVersion = 1;
      const done = await transact(client, [
        putNew(table, {
          ...credentialsKey(email),
          accountId,
          role,
          passwordHash,
          credentialsVersion,
        }),
        putNew(table, { ...accountKey(accountId), ...account, credentialsVersion }),
      ]);
      return done.committed ? 'created' : 'exists';
    },

    async makeAdmin(email, passwordHash) {
      const known = await credentials(email);
      if (!known) return undefined;
      const id = known.accountId;
      const names = { '#role': 'role' };
      const done = await transact(client, [
        updateItem(table, credentialsKey(email), {
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

    credentials,

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
