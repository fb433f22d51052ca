import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Account, Accounts, Credentials } from '../core/index.ts';
import { transact } from './dynamo-transact.ts';

interface Options {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Keeps accounts in auth's table: one item by id, one by e-mail (which makes the e-mail unique and serves log-in). */
export function dynamoAccounts({ client, table }: Options): Accounts & { ping(): Promise<void> } {
  async function read<Item>(key: { pk: string; sk: string }): Promise<Item | undefined> {
    const command = new GetItemCommand({
      TableName: table,
      Key: marshall(key),
      ConsistentRead: true,
    });
    const { Item: item } = await client.send(command);
    return item && (unmarshall(item) as Item);
  }

  function create(item: object): TransactWriteItem {
    return {
      Put: {
        TableName: table,
        Item: marshall(item),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    };
  }

  return {
    async create(account, passwordHash) {
      const { id: accountId, email, role } = account;
      const done = await transact(client, [
        create({ ...credentialsKey(email), accountId, role, passwordHash }),
        create({ ...accountKey(accountId), ...account }),
      ]);
      return done.committed ? 'created' : 'exists';
    },

    async makeAdmin(email, passwordHash) {
      const known = await read<Credentials>(credentialsKey(email));
      if (!known) return undefined;
      const id = known.accountId;
      const done = await transact(client, [
        {
          Update: {
            TableName: table,
            Key: marshall(credentialsKey(email)),
            UpdateExpression: 'SET #role = :admin, passwordHash = :hash',
            ConditionExpression: 'accountId = :id',
            ExpressionAttributeNames: { '#role': 'role' },
            ExpressionAttributeValues: marshall({
              ':admin': 'admin',
              ':hash': passwordHash,
              ':id': id,
            }),
          },
        },
        {
          Update: {
            TableName: table,
            Key: marshall(accountKey(id)),
            UpdateExpression: 'SET #role = :admin',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#role': 'role' },
            ExpressionAttributeValues: marshall({ ':admin': 'admin' }),
          },
        },
      ]);
      return done.committed ? { id } : undefined;
    },

    credentials: (email) => read<Credentials>(credentialsKey(email)),

    async byId(id) {
      const item = await read<Account>(accountKey(id));
      return item && { id: item.id, email: item.email, role: item.role, createdAt: item.createdAt };
    },

    /** One cheap read of an item that need not exist; throws when the table does not answer. */
    async ping() {
      await read(accountKey('ping'));
    },
  };
}

function credentialsKey(email: string) {
  return { pk: `EMAIL#${email}`, sk: 'CREDENTIALS' };
}

function accountKey(id: string) {
  return { pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' };
}
