import { createHash } from 'node:crypto';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createS3 } from './index.ts';

const kernel = testKernel();
const s3 = createS3(kernel);
let endpoint: Endpoint;
let client: S3Client;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [s3.wire]);
  client = new S3Client({ ...clientSettings(endpoint), maxAttempts: 1 });
  s3.createBucket('bucket', { cors: [], eventBridge: true });
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

describe('buckets', () => {
  it('can be created again by their owner, as in us-east-1, and with valid names', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'created-here' }));
    await client.send(new PutObjectCommand({ Bucket: 'created-here', Key: 'kept', Body: 'x' }));
    await client.send(new CreateBucketCommand({ Bucket: 'created-here' }));
    await client.send(new HeadObjectCommand({ Bucket: 'created-here', Key: 'kept' }));
    const head = await client.send(new HeadBucketCommand({ Bucket: 'created-here' }));
    expect(head).toMatchObject({ BucketRegion: 'us-east-1', AccessPointAlias: false });
    const location = await client.send(new GetBucketLocationCommand({ Bucket: 'created-here' }));
    expect(location.LocationConstraint).toBeUndefined();
    await expect(
      client.send(new CreateBucketCommand({ Bucket: 'Not_Legal' })),
    ).rejects.toMatchObject({ name: 'InvalidBucketName' });
    await expect(client.send(new HeadBucketCommand({ Bucket: 'absent' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('reject and name an unsupported operation', async () => {
    await expect(
      client.send(new PutBucketTaggingCommand({ Bucket: 'bucket', Tagging: { TagSet: [] } })),
    ).rejects.toThrow(/the local cloud.*tagging/i);
  });

  it('exist in one region, and belong to one account', async () => {
    const create = (LocationConstraint: BucketLocationConstraint) =>
      client.send(
        new CreateBucketCommand({
          Bucket: 'elsewhere',
          CreateBucketConfiguration: { LocationConstraint },
        }),
      );
    await expect(create('eu-west-1')).rejects.toThrow(/eu-west-1/);
    await expect(
      client.send(new HeadBucketCommand({ Bucket: 'bucket', ExpectedBucketOwner: '1'.repeat(12) })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('are listed in pages', async () => {
    for (const Bucket of ['page-a', 'page-b', 'page-c']) s3.createBucket(Bucket);
    const first = await client.send(new ListBucketsCommand({ Prefix: 'page-', MaxBuckets: 2 }));
    expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['page-a', 'page-b']);
    const { ContinuationToken } = first;
    // The next page starts after the name in the token, even if that bucket is deleted.
    await client.send(new DeleteBucketCommand({ Bucket: 'page-b' }));
    const second = await client.send(
      new ListBucketsCommand({ Prefix: 'page-', ContinuationToken }),
    );
    expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['page-c']);
    expect(second.ContinuationToken).toBeUndefined();
  });
});

describe('events', () => {
  it("are sent to the default bus in S3's form", async () => {
    kernel.busEvents.length = 0;
    await client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'told', Body: '12345' }));
    expect(kernel.busEvents).toMatchObject([
      {
        eventBusName: 'default',
        source: 'aws.s3',
        detailType: 'Object Created',
        resources: ['arn:aws:s3:::bucket'],
        detail: {
          version: '0',
          bucket: { name: 'bucket' },
          object: {
            key: 'told',
            size: 5,
            etag: createHash('md5').update('12345').digest('hex'),
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
          reason: 'PutObject',
        },
      },
    ]);
  });

  it('are not sent by a bucket without EventBridgeConfiguration', async () => {
    s3.createBucket('other');
    kernel.busEvents.length = 0;
    await client.send(new PutObjectCommand({ Bucket: 'other', Key: 'a', Body: 'a' }));
    expect(kernel.busEvents).toEqual([]);
  });
});

describe('buckets from a template', () => {
  const create = (logicalId: string, properties: Record<string, unknown>) =>
    s3.providers[0]?.create({
      stack: 'triptych-serverless-state',
      logicalId,
      properties,
      metadata: {},
      kernel,
    });

  it('get a valid name, even for a long logical id', async () => {
    expect(await create('Originals', {})).toEqual({
      physicalId: 'triptych-serverless-state-originals',
      attributes: {
        Arn: 'arn:aws:s3:::triptych-serverless-state-originals',
        DomainName: 'triptych-serverless-state-originals.s3.amazonaws.com',
        RegionalDomainName: 'triptych-serverless-state-originals.s3.us-east-1.amazonaws.com',
      },
    });
    const long = await create('L'.repeat(80), {});
    expect(long?.physicalId).toMatch(/^[a-z0-9-]{63}$/);
  });

  it('send events if configured, and reject other notifications by name', async () => {
    const bucket = await create('Announced', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    kernel.busEvents.length = 0;
    await client.send(new PutObjectCommand({ Bucket: bucket?.physicalId, Key: 'a', Body: 'a' }));
    expect(kernel.busEvents).toHaveLength(1);
    await expect(
      create('Other', { NotificationConfiguration: { QueueConfigurations: [] } }),
    ).rejects.toThrow(/QueueConfigurations/);
  });
});
