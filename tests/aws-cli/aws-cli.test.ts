import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PythonCloud, startPythonCloud } from './support/cloud.ts';

const PICTURE_BYTES = 12 * 1024 * 1024;

let cloud: PythonCloud;
beforeAll(async () => {
  cloud = await startPythonCloud();
});
afterAll(() => cloud?.stop());

const json = async (...words: string[]) => JSON.parse(await cloud.aws(...words));

test('aws sts get-caller-identity names the account', async () => {
  expect(await json('sts', 'get-caller-identity')).toMatchObject({ Account: '000000000000' });
});

test('aws s3 copies 12 MB in parts, lists them and copies them back', async () => {
  const picture = randomBytes(PICTURE_BYTES);
  await writeFile(join(cloud.folder, 'picture'), picture);
  await cloud.aws('s3', 'cp', 'picture', 's3://pictures/a b/picture');
  expect(await cloud.aws('s3', 'ls', 's3://pictures/', '--recursive')).toContain('a b/picture');
  await cloud.aws('s3', 'cp', 's3://pictures/a b/picture', 'copy');
  expect((await readFile(join(cloud.folder, 'copy'))).equals(picture)).toBe(true);
  await cloud.aws('s3', 'cp', 's3://pictures/a b/picture', 's3://pictures/copied');
  const head = await json('s3api', 'head-object', '--bucket', 'pictures', '--key', 'copied');
  expect(head.ContentLength).toBe(PICTURE_BYTES);
  await cloud.aws('s3', 'rm', 's3://pictures/', '--recursive');
  expect(await cloud.aws('s3', 'ls', 's3://pictures/', '--recursive')).toBe('');
});

test('aws s3 presign makes a link that works', async () => {
  await writeFile(join(cloud.folder, 'note'), 'a note');
  await cloud.aws('s3', 'cp', 'note', 's3://pictures/note');
  const url = (await cloud.aws('s3', 'presign', 's3://pictures/note')).trim();
  expect(await (await fetch(url)).text()).toBe('a note');
});

test('aws s3api describes buckets and objects', async () => {
  const bucket = ['--bucket', 'pictures'];
  await writeFile(join(cloud.folder, 'one'), '1');
  await cloud.aws('s3api', 'put-object', ...bucket, '--key', 'one', '--body', 'one');
  expect(await json('s3api', 'get-bucket-location', ...bucket)).toEqual({
    LocationConstraint: null,
  });
  const listed = await json('s3api', 'list-objects', ...bucket, '--prefix', 'one');
  expect(listed.Contents).toMatchObject([{ Key: 'one', Size: 1 }]);
  const attributes = ['--object-attributes', 'ObjectSize', 'ETag'];
  expect(
    await json('s3api', 'get-object-attributes', ...bucket, '--key', 'one', ...attributes),
  ).toMatchObject({ ObjectSize: 1, ETag: 'c4ca4238a0b923820dcc509a6f75849b' });
});

test('aws lambda lists, describes and invokes functions with the tail of their log', async () => {
  const { Functions } = await json('lambda', 'list-functions');
  expect(Functions).toMatchObject([{ FunctionName: 'hello', Runtime: 'nodejs24.x' }]);
  const name = ['--function-name', 'hello'];
  const { Configuration } = await json('lambda', 'get-function', ...name);
  expect(Configuration.Handler).toBe('index.handler');
  const { LogResult } = await json('lambda', 'invoke', ...name, '--log-type', 'Tail', 'answer');
  expect(Buffer.from(LogResult, 'base64').toString()).toContain('a line of the log');
  expect(JSON.parse(await readFile(join(cloud.folder, 'answer'), 'utf8'))).toEqual({ event: {} });
  await expect(
    cloud.aws('lambda', 'invoke', ...name, '--qualifier', '7', 'answer'),
  ).rejects.toThrow('ResourceNotFoundException');
  const { EventSourceMappings } = await json('lambda', 'list-event-source-mappings', ...name);
  expect(EventSourceMappings).toMatchObject([{ State: 'Disabled' }]);
});

test('aws logs finds the lines of a function', async () => {
  await cloud.aws('lambda', 'invoke', '--function-name', 'hello', 'answer');
  const { logGroups } = await json('logs', 'describe-log-groups');
  expect(logGroups).toMatchObject([{ logGroupName: '/aws/lambda/hello' }]);
  const group = ['--log-group-name', '/aws/lambda/hello'];
  const { logStreams } = await json('logs', 'describe-log-streams', ...group);
  const stream = ['--log-stream-name', logStreams[0].logStreamName];
  const { events } = await json('logs', 'filter-log-events', ...group, '--filter-pattern', 'line');
  expect(events[0].message).toBe('a line of the log');
  const read = await json('logs', 'get-log-events', ...group, ...stream);
  expect(read.events.map(({ message }: { message: string }) => message)).toContain(
    'a line of the log',
  );
});

test('aws events lists rules, and puts events that match them', async () => {
  const { Rules } = await json('events', 'list-rules');
  expect(Rules).toMatchObject([{ Name: 'paid', State: 'ENABLED' }]);
  const { Targets } = await json('events', 'list-targets-by-rule', '--rule', 'paid');
  expect(Targets).toMatchObject([{ Id: 'queue' }]);
  const entry = { Source: 'shop', DetailType: 'order', Detail: '{"state":"paid"}' };
  await cloud.aws('events', 'put-events', '--entries', JSON.stringify([entry]));
  const { QueueUrl } = await json('sqs', 'get-queue-url', '--queue-name', 'orders');
  const { Messages } = await json('sqs', 'receive-message', '--queue-url', QueueUrl);
  expect(JSON.parse(Messages[0].Body).detail).toEqual({ state: 'paid' });
});

test('aws cloudformation and secretsmanager list stacks, their events and secrets', async () => {
  const { StackSummaries } = await json('cloudformation', 'list-stacks');
  expect(StackSummaries).toMatchObject([{ StackName: 'shop', StackStatus: 'CREATE_COMPLETE' }]);
  const stack = ['--stack-name', 'shop'];
  const { StackEvents } = await json('cloudformation', 'describe-stack-events', ...stack);
  expect(StackEvents[0]).toMatchObject({ LogicalResourceId: 'shop' });
  const { SecretList } = await json('secretsmanager', 'list-secrets');
  expect(SecretList).toMatchObject([{ Name: 'key' }]);
});

test('aws dynamodb and sqs create, describe and delete', async () => {
  const table = ['--table-name', 'things'];
  await cloud.aws(
    ...['dynamodb', 'create-table', ...table, '--billing-mode', 'PAY_PER_REQUEST'],
    ...['--attribute-definitions', 'AttributeName=id,AttributeType=S'],
    ...['--key-schema', 'AttributeName=id,KeyType=HASH'],
  );
  await cloud.aws('dynamodb', 'put-item', ...table, '--item', '{"id":{"S":"a"}}');
  const { Items } = await json('dynamodb', 'scan', ...table);
  expect(Items).toEqual([{ id: { S: 'a' } }]);
  await cloud.aws('dynamodb', 'delete-table', ...table);
  const { QueueUrl } = await json('sqs', 'create-queue', '--queue-name', 'made-here');
  await cloud.aws('sqs', 'send-message', '--queue-url', QueueUrl, '--message-body', 'hello');
  const { Messages } = await json('sqs', 'receive-message', '--queue-url', QueueUrl);
  expect(Messages[0].Body).toBe('hello');
});
