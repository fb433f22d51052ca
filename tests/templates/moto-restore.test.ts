import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { copyMissingItems } from '@triptych/shop/operate/copy-missing-items';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './support/start-emulator.ts';

const TABLE = 'orders';
const RESTORED = 'orders-restored';

let emulator: Emulator;
let client: DynamoDBClient;

beforeAll(async () => {
  emulator = await startEmulator('moto');
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: emulator.url, region: emulator.region, credentials });
});
afterAll(async () => {
  client?.destroy();
  await emulator?.stop();
});

const put = (pk: string, text: string) =>
  client.send(new PutItemCommand({ TableName: TABLE, Item: marshall({ pk, sk: 'ORDER', text }) }));

const textsIn = async (TableName: string) => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  const pairs = Items.map((item) => unmarshall(item)).map(({ pk, text }) => [pk, text]);
  return Object.fromEntries(pairs.toSorted());
};

it('docs/restore.md brings lost items back, and changes nothing that is there', async () => {
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(
    new UpdateContinuousBackupsCommand({ TableName: TABLE, PointInTimeRecoverySpecification }),
  );
  await put('ORDER#lost', 'before');
  await put('ORDER#changed', 'before');
  await put('OUTBOX#1', 'published long ago');
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: TABLE,
      TargetTableName: RESTORED,
      UseLatestRestorableTime: true,
    }),
  );
  // After the moment of the restore: one order is lost, one goes on, one is new, and the event was published.
  for (const pk of ['ORDER#lost', 'OUTBOX#1']) {
    const Key = marshall({ pk, sk: 'ORDER' });
    await client.send(new DeleteItemCommand({ TableName: TABLE, Key }));
  }
  await put('ORDER#changed', 'after');
  await put('ORDER#new', 'after');

  const tables = { from: RESTORED, to: TABLE };
  expect(await copyMissingItems(client, tables)).toEqual({ added: 1, kept: 1, leftOut: 1 });
  const whole = { 'ORDER#changed': 'after', 'ORDER#lost': 'before', 'ORDER#new': 'after' };
  expect(await textsIn(TABLE)).toEqual(whole);
  expect(await copyMissingItems(client, tables)).toEqual({ added: 0, kept: 2, leftOut: 1 });
  expect(await textsIn(TABLE)).toEqual(whole);
});
