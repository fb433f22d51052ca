import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Keys,
  type PermissionCloud,
  startPermissionCloud,
} from './testing/permission-cloud.ts';

let started: PermissionCloud;
let cloud: PermissionCloud['cloud'];
let reader: Keys;
let lister: Keys;
const as = (credentials: Keys) => started.as(credentials);
const client = <Client extends { destroy(): void }>(made: Client): Client => started.client(made);

beforeAll(async () => {
  started = await startPermissionCloud();
  ({ cloud, reader, lister } = started);
});
afterAll(() => started.stop());

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
    expect(started.lines.join('\n')).toContain('is not authorized to perform: dynamodb:PutItem');
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
