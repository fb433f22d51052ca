import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import type { Account, Accounts, Credentials, Standing } from '../core/index.ts';

/** Keeps accounts in auth's table: one item by id, one by e-mail (which makes the e-mail unique and serves log-in). */
export function dynamoAccounts(of: DynamoTable): Accounts & { ping(): Promise<void> } {
  const { client, table } = of;

  async function credentials(email: string): Promise<Credentials | undefined> {
    return (await readItem(of, credentialsKey(email))) as Credentials | undefined;
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
          set: `${promotion}, passwordHash = :hash`,
          when: 'accountId = :id',
          values: { ':admin': 'admin', ':one': 1, ':hash': passwordHash, ':id': id },
          names,
        }),
        updateItem(table, accountKey(id), {
          set: promotion,
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

    /** One cheap read of an item that need not exist; throws when the table does not answer. */
    async ping() {
      await readItem(of, accountKey('ping'));
    },
  };
}

/** Both items of an account change alike: who runs the shop, and that older sessions are over. */
const promotion = 'SET #role = :admin, credentialsVersion = credentialsVersion + :one';

function credentialsKey(email: string) {
  return { pk: `EMAIL#${email}`, sk: 'CREDENTIALS' };
}

function accountKey(id: string) {
  return { pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' };
}
