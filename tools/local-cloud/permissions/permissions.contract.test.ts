import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../index.ts';
import { queuePolicy, role } from '../testing/permission-resources.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const allow = (Action: string | string[], Resource: unknown) => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const keys = (prefix: string) => ({ 'Fn::Join': ['', [arnOf('Bucket'), `/${prefix}/*`]] });
const rule = (Schedule: string, queue: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: `${queue}-rule`,
    ScheduleExpression: Schedule,
    Targets: [{ Id: 'queue', Arn: arnOf(queue) }],
  },
});
const reveal = (Role: object) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'triptych:artifact': 'app' },
  Properties: { Runtime: 'nodejs24.x', Handler: 'index.reveal', Role, Code: { ZipFile: 'x' } },
});

const resources = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'admitted' } },
  Closed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'closed' } },
  QueueRule: rule('rate(1 hour)', 'Queue'),
  ClosedRule: rule('rate(1 hour)', 'Closed'),
  ...queuePolicy('Queue', 'QueueRule'),
  ...role('Reader', [
    allow('dynamodb:GetItem', arnOf('Table')),
    allow(['s3:GetObject', 's3:PutObject'], keys('open')),
    allow('s3:GetObject', keys('listed')),
  ]),
  ...role('Lister', [allow('s3:GetObject', keys('open')), allow('s3:ListBucket', arnOf('Bucket'))]),
  Reading: reveal(arnOf('Reader')),
  Listing: reveal(arnOf('Lister')),
};

/** A function that returns its credentials, so that the tests can call with them. */
const handler = `export const reveal = async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});`;

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const OPERATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

let root: string;
let cloud: LocalCloud;
const lines: string[] = [];
const clients: { destroy(): void }[] = [];
let reader: Keys;
let lister: Keys;

/** Settings of a client that acts with some credentials. */
const as = (credentials: Keys) => ({
  endpoint: cloud.endpointUrl,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
  forcePathStyle: true,
});
const client = <Client extends { destroy(): void }>(made: Client): Client => {
  clients.push(made);
  return made;
};

/** The credentials of a function, by its logical id. */
async function credentialsOf(logicalId: string): Promise<Keys> {
  const lambda = client(new LambdaClient(as(OPERATOR)));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { FunctionName } = Functions.find((one) => one.FunctionName?.includes(logicalId)) ?? {};
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as Keys;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'permissions-'));
  await mkdir(join(root, 'app'));
  await writeFile(join(root, 'app/index.mjs'), handler);
  await writeFile(join(root, 'shop.json'), JSON.stringify({ Resources: resources }));
  const shop = { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.json' } };
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts: { shop } }));
  cloud = await startLocalCloud({ root, log: ({ text }) => void lines.push(text) });
  await cloud.deploy(root);
  [reader, lister] = [await credentialsOf('Reading'), await credentialsOf('Listing')];
  const s3 = client(new S3Client(as(OPERATOR)));
  await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'open/a', Body: 'a' }));
});
afterAll(async () => {
  for (const one of clients) one.destroy();
  await cloud.stop();
  await rm(root, { recursive: true });
});

describe('the role of a function', () => {
  it('is the identity behind its credentials', async () => {
    const sts = client(new STSClient(as(reader)));
    const { Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    const [, name, session] = /assumed-role\/([^/]+)\/(.+)$/.exec(Arn ?? '') ?? [];
    expect(name).toContain('Reader');
    expect(session).toContain('Reading');
    expect(UserId).toMatch(new RegExp(`^AROA[0-9A-F]{16}:${session}$`));
    expect(reader.accessKeyId).not.toBe(lister.accessKeyId);
  });

  it('allows what its policies allow, and is denied the rest by name', async () => {
    const dynamo = client(new DynamoDBClient(as(reader)));
    const Key = { pk: { S: 'a' } };
    await dynamo.send(new GetItemCommand({ TableName: 'items', Key }));
    const put = dynamo.send(new PutItemCommand({ TableName: 'items', Item: Key }));
    await expect(put).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /assumed-role\/.*Reader.* is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/items/,
      ),
    });
    expect(lines.join('\n')).toContain('is not authorized to perform: dynamodb:PutItem');
    const other = client(new DynamoDBClient(as(lister)));
    await expect(other.send(new GetItemCommand({ TableName: 'items', Key }))).rejects.toThrow(
      'dynamodb:GetItem',
    );
  });

  it('is denied in the format of each service', async () => {
    const QueueUrl = `${cloud.endpointUrl}/000000000000/admitted`;
    const sqs = client(new SQSClient(as(reader)));
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' })),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const events = client(new EventBridgeClient(as(reader)));
    await expect(events.send(new ListEventBusesCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
    const lambda = client(new LambdaClient(as(reader)));
    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('S3', () => {
  const get = (keysOf: Keys, Key: string) =>
    client(new S3Client(as(keysOf))).send(new GetObjectCommand({ Bucket: 'pictures', Key }));

  it('hides a missing object from a caller that may not list the bucket', async () => {
    await expect(get(reader, 'open/none')).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(get(lister, 'open/none')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const head = new HeadObjectCommand({ Bucket: 'pictures', Key: 'open/none' });
    const s3 = client(new S3Client(as(reader)));
    await expect(s3.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('decides each key of DeleteObjects', async () => {
    const Delete = { Objects: [{ Key: 'open/a' }] };
    const s3 = client(new S3Client(as(reader)));
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'pictures', Delete }));
    expect(Errors).toMatchObject([{ Key: 'open/a', Code: 'AccessDenied' }]);
    await get(reader, 'open/a');
  });

  it('passes on the permissions of the signer of an address or a form', async () => {
    const s3 = client(new S3Client(as(reader)));
    const address = (Key: string) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket: 'pictures', Key }));
    expect(await (await fetch(await address('open/a'))).text()).toBe('a');
    expect((await fetch(await address('other/a'))).status).toBe(403);
    const send = async (Key: string) => {
      const { url, fields } = await createPresignedPost(s3, { Bucket: 'pictures', Key });
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob(['b']));
      return fetch(url, { method: 'POST', body: form });
    };
    expect((await send('open/b')).status).toBe(204);
    const denied = await send('listed/b');
    expect(denied.status).toBe(403);
    expect(await denied.text()).toContain('s3:PutObject');
  });
});

describe('credentials', () => {
  it.each([
    ['an unknown key', { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' }],
    ['the token of another session', 'mixed'],
  ])('with %s are rejected by each service in its own way', async (_title, given) => {
    const unknown =
      typeof given === 'string' ? { ...reader, sessionToken: lister.sessionToken ?? '' } : given;
    const dynamo = client(new DynamoDBClient(as(unknown)));
    const read = new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } });
    await expect(dynamo.send(read)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const sqs = client(new SQSClient(as(unknown)));
    await expect(sqs.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    const s3 = client(new S3Client(as(unknown)));
    const object = new GetObjectCommand({ Bucket: 'pictures', Key: 'open/a' });
    await expect(s3.send(object)).rejects.toMatchObject({
      name: typeof given === 'string' ? 'InvalidToken' : 'InvalidAccessKeyId',
    });
  });

  it('are required', async () => {
    const response = await fetch(cloud.endpointUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});

describe('rules', () => {
  it('reach only queues whose policy admits them', () => {
    const { fired, failures } = cloud.services.events.fireSchedules();
    expect(fired).toBe(2);
    expect(failures).toEqual([expect.stringContaining('closed')]);
    expect(failures[0]).toContain('sqs:sendmessage');
  });
});

describe('grants', () => {
  const grantOf = (policy: string, index = 0) =>
    cloud.grants().find((one) => one.policy === policy && one.index === index);

  it('count what each statement allowed, and show those that allowed nothing', async () => {
    expect(grantOf('ReaderPolicy')).toMatchObject({
      kind: 'identity',
      stack: 'shop',
      actions: ['dynamodb:GetItem'],
      allowed: { 'dynamodb:GetItem': 1 },
    });
    expect(grantOf('ReaderPolicy', 2)).toMatchObject({ allowed: {} });
    expect(grantOf('Reader')).toMatchObject({
      kind: 'trust',
      allowed: { 'sts:AssumeRole': expect.any(Number) },
    });
    expect(grantOf('QueuePolicy')).toMatchObject({ allowed: { 'sqs:SendMessage': 1 } });
  });

  it('can be withdrawn and restored while the cloud runs', async () => {
    const dynamo = client(new DynamoDBClient(as(reader)));
    const read = () =>
      dynamo.send(new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } }));
    const statement = {
      kind: 'identity',
      stack: 'shop',
      policy: 'ReaderPolicy',
      index: 0,
    } as const;
    const restore = cloud.withdraw(statement);
    await expect(read()).rejects.toThrow('dynamodb:GetItem');
    restore();
    await read();
    const restoreAction = cloud.withdraw(statement, 'dynamodb:GetItem');
    await expect(read()).rejects.toThrow('dynamodb:GetItem');
    restoreAction();
    await read();
  });
});
