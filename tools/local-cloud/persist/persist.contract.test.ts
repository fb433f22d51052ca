import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PATIENT } from '@triptych/platform/testing/patience';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LocalCloud, type LogLine, startLocalCloud } from '../index.ts';
import { readsStream, role } from '../testing/permission-resources.ts';

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'products',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'kind'].map(text),
    KeySchema: [key('pk', 'HASH')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byKind',
        KeySchema: [key('kind', 'HASH')],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  },
};
const resources = {
  Table: table,
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key' } },
  Relay: {
    Type: 'AWS::Lambda::Function',
    Metadata: { 'triptych:artifact': 'app' },
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.relay',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: 'x' },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Relay' },
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      StartingPosition: 'LATEST',
    },
    DependsOn: 'RolePolicy',
  },
  ...role('Role', readsStream('Table')),
};
const relay = (works: boolean) => `export const relay = async ({ Records }) => {
  for (const { dynamodb } of Records) console.log('relayed ' + dynamodb.Keys.pk.S);
  if (!${works}) throw new Error('not yet');
};`;

let root: string;
let cloud: LocalCloud;
let lines: LogLine[];
let clients: { destroy(): void }[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'persist-'));
  await mkdir(join(root, 'app'));
  await start(resources, false);
});
afterEach(async () => {
  await cloud.stop();
  await rm(root, { recursive: true });
});

async function start(Resources: object, works: boolean) {
  await writeFile(join(root, 'app/index.mjs'), relay(works));
  await writeFile(join(root, 'shop.json'), JSON.stringify({ Resources }));
  const shop = { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.json' } };
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts: { shop } }));
  lines = [];
  clients = [];
  const persistFolder = join(root, 'data');
  cloud = await startLocalCloud({ root, persistFolder, log: (line) => lines.push(line) });
  await cloud.deploy(root);
}

async function startAgain(Resources: object = resources) {
  for (const client of clients) client.destroy();
  await cloud.stop();
  await start(Resources, true);
}

function settings() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint: cloud.endpointUrl, region: 'us-east-1', credentials };
}

function used<Client extends { destroy(): void }>(client: Client): Client {
  clients.push(client);
  return client;
}

const put = (pk: string) =>
  used(new DynamoDBClient(settings())).send(
    new PutItemCommand({ TableName: 'products', Item: { pk: { S: pk }, kind: { S: 'cup' } } }),
  );

async function cups() {
  const query = new QueryCommand({
    TableName: 'products',
    IndexName: 'byKind',
    KeyConditionExpression: 'kind = :kind',
    ExpressionAttributeValues: { ':kind': { S: 'cup' } },
  });
  const { Items = [] } = await used(new DynamoDBClient(settings())).send(query);
  return Items.map(({ pk }) => pk?.S);
}

const queueUrl = () => `${cloud.endpointUrl}/000000000000/work`;
const send = (MessageBody: string, DelaySeconds = 0) =>
  used(new SQSClient(settings())).send(
    new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody, DelaySeconds }),
  );
async function receive() {
  const command = new ReceiveMessageCommand({ QueueUrl: queueUrl(), MaxNumberOfMessages: 10 });
  const { Messages = [] } = await used(new SQSClient(settings())).send(command);
  return Messages.map(({ Body }) => Body);
}

async function secret() {
  const command = new GetSecretValueCommand({ SecretId: 'key' });
  return (await used(new SecretsManagerClient(settings())).send(command)).SecretString;
}

describe('a local cloud with a persist folder', () => {
  it('restores its tables, buckets, queues and secrets after a restart', async () => {
    await put('one');
    await put('two');
    const generated = await secret();
    const bytes = Buffer.alloc(100_000, 7);
    const object = { Bucket: 'pictures', Key: 'a b/ü.png' };
    await used(new S3Client(settings())).send(
      new PutObjectCommand({
        ...object,
        Body: bytes,
        ContentType: 'image/png',
        Metadata: { a: '1' },
      }),
    );
    for (const body of ['taken', 'waiting']) await send(body);
    await send('later', 900);
    expect((await receive())[0]).toBe('taken');

    await startAgain();
    expect((await cups()).sort()).toEqual(['one', 'two']);
    expect(await secret()).toBe(generated);
    const got = await used(new S3Client(settings())).send(new GetObjectCommand(object));
    expect(got).toMatchObject({ ContentType: 'image/png', Metadata: { a: '1' } });
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect((await receive()).sort()).toEqual(['taken', 'waiting']);
    const [depths] = Object.values(cloud.services.sqs.depths());
    expect(depths).toEqual({ visible: 0, inFlight: 2, delayed: 1 });
  });

  it('redelivers stream records that a function failed to process', async () => {
    await put('one');
    await vi.waitFor(() => expect(lines.map((one) => one.text)).toContain('relayed one'), PATIENT);
    await startAgain();
    await vi.waitFor(() => expect(lines.map((one) => one.text)).toContain('relayed one'), PATIENT);
    await put('two');
    await vi.waitFor(() => expect(lines.map((one) => one.text)).toContain('relayed two'), PATIENT);
    await startAgain();
    await put('three');
    await vi.waitFor(
      () => expect(lines.map((one) => one.text)).toContain('relayed three'),
      PATIENT,
    );
    expect(lines.filter(({ text }) => text.startsWith('relayed'))).toHaveLength(1);
  });

  it('does not start with data of another version, and releases its port', async () => {
    await cloud.stop();
    // Below the ephemeral range, so that no other process gets this port by asking for any port.
    const endpointPort = 20_000 + (process.pid % 10_000);
    const persistFolder = join(root, 'data');
    await writeFile(join(persistFolder, 'journal'), 'triptych-local-cloud 0\n');
    const old = startLocalCloud({ root, persistFolder, endpointPort });
    await expect(old).rejects.toThrow('format 0 of another version');
    await rm(persistFolder, { recursive: true });
    cloud = await startLocalCloud({ root, persistFolder, endpointPort });
  });

  it('starts with changed templates', async () => {
    await put('one');
    const other = { ...table, Properties: { ...table.Properties, TableName: 'orders' } };
    const rekeyed = {
      ...table,
      Properties: {
        ...table.Properties,
        AttributeDefinitions: ['sku', 'kind'].map(text),
        KeySchema: [key('sku', 'HASH')],
      },
    };
    await startAgain({ ...resources, Other: other });
    expect(await cups()).toEqual(['one']);
    await startAgain({ Table: rekeyed });
    expect(await cups()).toEqual([]);
    expect(lines.map((one) => one.text).join()).toContain(
      'skipped 1 saved items that do not fit its keys',
    );
    await startAgain();
    expect(await cups()).toEqual(['one']);
  });
});
