import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { type Endpoint, jsonService } from './index.ts';

const kernel = testKernel();
const seen: WireRequest[] = [];
let described = 0;

const respond = (name: string, response: WireResponse): WireService => ({
  name,
  calls: [],
  handle: async (request) => {
    seen.push(request);
    return response;
  },
});
const services: WireService[] = [
  jsonService(
    'dynamodb',
    '1.0',
    {
      DescribeTable: ({ TableName }) => {
        described += 1;
        if (TableName === 'broken') throw new Error('a secret detail');
        if (TableName === 'absent')
          throw new AwsError('ResourceNotFoundException', 'No such table');
        return { Table: { TableName } };
      },
    },
    { DescribeTable: { TableName: 'honoured', a: { ignored: 'padding of the tests' } } },
  ),
  respond('s3', { status: 200, body: '<a/>' }),
  respond('lambda', { status: 200, body: 'invoked' }),
  {
    name: 'cloudformation',
    calls: [],
    handle: async () => {
      throw new AwsError('ValidationError', 'Stack with id <none> does not exist');
    },
  },
];
let endpoint: Endpoint;
let dynamo: DynamoDBClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, services);
  dynamo = new DynamoDBClient({ ...clientSettings(endpoint), maxAttempts: 1 });
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(async () => {
  dynamo.destroy();
  await endpoint.stop();
});

const describeTable = (TableName: string) => dynamo.send(new DescribeTableCommand({ TableName }));
const url = (path: string) => `http://127.0.0.1:${endpoint.port}${path}`;

describe('routing', () => {
  it('selects a JSON service by its target, and returns a request id', async () => {
    const answer = await describeTable('orders');
    expect(answer.Table?.TableName).toBe('orders');
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends requests without signature and target to S3', async () => {
    expect(
      (await fetch(url('/bucket/key?X-Amz-Credential=a/20260101/us-east-1/s3/aws4_request')))
        .status,
    ).toBe(200);
    expect((await fetch(url('/bucket/key%20%2F?a=1'))).status).toBe(200);
    expect(seen[1]).toMatchObject({ method: 'GET', path: '/bucket/key%20%2F' });
    expect(seen[1]?.query.get('a')).toBe('1');
  });

  it('recognizes function invocations by their path', async () => {
    const answer = await fetch(url('/2015-03-31/functions/hello/invocations'), { method: 'POST' });
    expect(await answer.text()).toBe('invoked');
  });

  it('names an unknown service in the protocol of the client', async () => {
    const sqs = new SQSClient({ ...clientSettings(endpoint), maxAttempts: 1 });
    await expect(sqs.send(new ListQueuesCommand({}))).rejects.toThrow(/no service "sqs"/);
    sqs.destroy();
    const sts = await fetch(url('/'), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sts/aws4_request, Signature=b',
      },
      body: 'Action=GetCallerIdentity',
    });
    expect(sts.status).toBe(501);
    expect(await sts.text()).toMatch(/<ErrorResponse>.*no service &quot;sts&quot;/);
  });
});

describe('errors', () => {
  it('use the format of their service', async () => {
    await expect(describeTable('absent')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No such table',
    });
    const formation = new CloudFormationClient({ ...clientSettings(endpoint), maxAttempts: 1 });
    await expect(
      formation.send(new DescribeStacksCommand({ StackName: 'none' })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id <none> does not exist',
    });
    formation.destroy();
  });

  it('name an unknown operation, and hide internal details', async () => {
    const answer = await fetch(url('/'), {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ExportTableToPointInTime' },
      body: '{}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('ExportTableToPointInTime'),
    });
    await expect(describeTable('broken')).rejects.toMatchObject({ name: 'InternalFailure' });
    await expect(describeTable('broken')).rejects.not.toThrow(/secret/);
  });

  it('report a body that is too large, and one that is not JSON', async () => {
    const post = (body: string) =>
      fetch(url('/'), {
        method: 'POST',
        headers: { 'x-amz-target': 'DynamoDB_20120810.DescribeTable' },
        body,
      });
    expect((await post(`{"a":"${'x'.repeat(16 * 1024 * 1024)}"}`)).status).toBe(413);
    expect((await post(`{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`)).status).toBe(200);
    expect(await (await post('not json')).json()).toMatchObject({
      __type: 'SerializationException',
    });
    const s3 = new S3Client({ ...clientSettings(endpoint), maxAttempts: 1 });
    await expect(
      s3.send(
        new PutObjectCommand({ Bucket: 'a', Key: 'b', Body: Buffer.alloc(50 * 1024 * 1024 + 1) }),
      ),
    ).rejects.toMatchObject({ name: 'EntityTooLarge' });
    s3.destroy();
  });
});

describe('fault injection', () => {
  it('drops a response after the call took effect', async () => {
    kernel.misbehaviour.dropAnswers = 1;
    const before = described;
    await expect(describeTable('orders')).rejects.toThrow();
    kernel.misbehaviour.dropAnswers = 0;
    expect(described).toBe(before + 1);
    await describeTable('orders');
  });

  it('cuts off the calls of an unreachable service before they take effect', async () => {
    kernel.misbehaviour.away = ['dynamodb'];
    const before = described;
    await expect(describeTable('orders')).rejects.toThrow();
    kernel.misbehaviour.away = [];
    expect(described).toBe(before);
    await describeTable('orders');
  });
});
