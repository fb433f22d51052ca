import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createS3 } from './index.ts';

const kernel = testKernel();
const s3 = createS3(kernel);
const at = { Bucket: 'bucket', Key: 'k' };
const OTHER_TAG = '"0123"';
let endpoint: Endpoint;
let client: S3Client;
let tag: string;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [s3.wire]);
  client = new S3Client({ ...clientSettings(endpoint), maxAttempts: 1 });
  s3.createBucket('bucket');
});
beforeEach(async () => {
  tag = (await client.send(new PutObjectCommand({ ...at, Body: 'abcdef' }))).ETag ?? '';
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const exists = () => s3.get('bucket', 'k') !== undefined;
const status = (sent: Promise<unknown>) =>
  sent.then(
    () => 200,
    (error) => error.$metadata?.httpStatusCode,
  );

describe('a conditional deletion', () => {
  it('deletes nothing when its condition fails', async () => {
    const remove = client.send(new DeleteObjectCommand({ ...at, IfMatch: OTHER_TAG }));
    await expect(remove).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(exists()).toBe(true);
  });

  it.each(['*', 'the ETag'])(
    'deletes when %s matches, and succeeds without an object',
    async (it) => {
      const IfMatch = it === '*' ? it : tag;
      await client.send(new DeleteObjectCommand({ ...at, IfMatch }));
      expect(exists()).toBe(false);
      await client.send(new DeleteObjectCommand({ ...at, IfMatch }));
    },
  );

  it('of several objects reports each failure', async () => {
    const Objects = [{ Key: 'k', ETag: OTHER_TAG }, { Key: 'absent' }];
    const { Deleted, Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } }),
    );
    expect(Deleted).toMatchObject([{ Key: 'absent' }]);
    expect(Errors).toMatchObject([{ Key: 'k', Code: 'PreconditionFailed' }]);
    expect(exists()).toBe(true);
  });

  it('rejects conditions of other bucket types by name', async () => {
    const remove = client.send(new DeleteObjectCommand({ ...at, IfMatchSize: 6 }));
    await expect(remove).rejects.toThrow(/x-amz-if-match-size/);
    expect(exists()).toBe(true);
  });
});

describe('a conditional write', () => {
  const put = (more: object) => status(client.send(new PutObjectCommand({ ...at, ...more })));

  it.each([
    [{ IfNoneMatch: '*' }, 412],
    [{ IfMatch: OTHER_TAG }, 412],
    [{ IfMatch: '*' }, 200],
    [{ IfNoneMatch: OTHER_TAG }, 501],
  ])('with %j is answered with %d', async (condition, expected) => {
    expect(await put(condition)).toBe(expected);
  });

  it('fails with 404 when the object to match does not exist', async () => {
    expect(await put({ Key: 'absent', IfMatch: tag })).toBe(404);
  });
});

describe('a conditional copy', () => {
  const copy = (more: object) =>
    status(
      client.send(
        new CopyObjectCommand({ Bucket: 'bucket', Key: 'copy', CopySource: 'bucket/k', ...more }),
      ),
    );
  const past = new Date(Date.now() - 60_000);
  const future = new Date(Date.now() + 60_000);

  it.each([
    ['source matches', () => ({ CopySourceIfMatch: tag }), 200],
    ['source differs', () => ({ CopySourceIfMatch: OTHER_TAG }), 412],
    ['source is excluded', () => ({ CopySourceIfNoneMatch: tag }), 412],
    ['source is not excluded', () => ({ CopySourceIfNoneMatch: OTHER_TAG }), 200],
    ['source changed', () => ({ CopySourceIfUnmodifiedSince: past }), 412],
    ['source did not change', () => ({ CopySourceIfModifiedSince: future }), 412],
    ['target exists', () => ({ Key: 'k2', IfNoneMatch: '*' }), 412],
    ['target differs', () => ({ Key: 'k2', IfMatch: OTHER_TAG }), 412],
  ])('whose %s is answered correctly', async (_, condition, expected) => {
    await client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k2', Body: 'x' }));
    expect(await copy(condition())).toBe(expected);
  });

  it('of a version is rejected by name', async () => {
    const sent = client.send(
      new CopyObjectCommand({ Bucket: 'bucket', Key: 'copy', CopySource: 'bucket/k?versionId=1' }),
    );
    await expect(sent).rejects.toThrow(/versionId=1/);
  });
});

describe('a read', () => {
  const get = (more: object) => client.send(new GetObjectCommand({ ...at, ...more }));

  it('replaces headers of HEAD as of GET', async () => {
    const head = await client.send(new HeadObjectCommand({ ...at, ResponseContentType: 'a/b' }));
    expect(head.ContentType).toBe('a/b');
  });

  it('rejects versions, and a range together with a part, by name', async () => {
    await expect(get({ VersionId: '1' })).rejects.toThrow(/versionId/);
    await expect(get({ Range: 'bytes=0-1', PartNumber: 1 })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
  });

  it('returns the only part of an object without parts', async () => {
    expect((await get({ PartNumber: 1 })).ContentLength).toBe(6);
    await expect(get({ PartNumber: 2 })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 416 },
    });
  });
});
