import {
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createS3 } from './index.ts';

const kernel = testKernel();
const s3 = createS3(kernel);
const Bucket = 'bucket';
let endpoint: Endpoint;
let client: S3Client;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [s3.wire]);
  client = new S3Client({ ...clientSettings(endpoint), maxAttempts: 1 });
  for (const name of [Bucket, 'other']) s3.createBucket(name);
  for (const Key of ['a/1', 'a/2', 'b c+d', 'e', 'ü/1']) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  }
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

describe('ListObjectsV2', () => {
  const list = (more: object) => client.send(new ListObjectsV2Command({ Bucket, ...more }));

  it('rejects a token that is not one of this bucket', async () => {
    const { NextContinuationToken } = await list({ MaxKeys: 1 });
    for (const [bucket, token] of [
      [Bucket, 'zzz'],
      ['other', NextContinuationToken],
    ]) {
      await expect(list({ Bucket: bucket, ContinuationToken: token })).rejects.toMatchObject({
        name: 'InvalidArgument',
      });
    }
  });

  it('repeats what it was asked, and names the owner when asked', async () => {
    const page = await list({ StartAfter: 'a/1', FetchOwner: true, MaxKeys: 1 });
    expect(page).toMatchObject({ StartAfter: 'a/1', KeyCount: 1, IsTruncated: true });
    expect(page.Contents).toMatchObject([{ Key: 'a/2', Owner: { ID: expect.any(String) } }]);
    expect((await list({})).Contents?.[0]?.Owner).toBeUndefined();
    const next = await list({ ContinuationToken: page.NextContinuationToken });
    expect(next.ContinuationToken).toBe(page.NextContinuationToken);
    expect(next.Contents?.[0]?.Key).toBe('b c+d');
  });

  it('encodes keys but not their slashes', async () => {
    const { Contents, EncodingType } = await list({ EncodingType: 'url' });
    expect(EncodingType).toBe('url');
    expect(Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2', 'b+c%2Bd', 'e', '%C3%BC/1']);
    await expect(list({ EncodingType: 'base64' })).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
  });

  it('groups keys, and continues after a group', async () => {
    const first = await list({ Delimiter: '/', MaxKeys: 1 });
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    const next = await list({ Delimiter: '/', ContinuationToken: first.NextContinuationToken });
    expect(next.Contents?.map(({ Key }) => Key)).toEqual(['b c+d', 'e']);
    expect(next.CommonPrefixes).toEqual([{ Prefix: 'ü/' }]);
    const inside = await list({ Delimiter: '/', StartAfter: 'a/1' });
    expect(inside.CommonPrefixes?.[0]).toEqual({ Prefix: 'a/' });
  });

  it.each([-1, 2 ** 31])('rejects a maximum of %d', async (MaxKeys) => {
    await expect(list({ MaxKeys })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('of no keys is not truncated', async () => {
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it('rejects an unsupported member by name', async () => {
    const sent = list({ OptionalObjectAttributes: ['RestoreStatus'] });
    await expect(sent).rejects.toThrow(/x-amz-optional-object-attributes/);
  });
});

describe('ListObjects', () => {
  const list = (more: object) => client.send(new ListObjectsCommand({ Bucket, ...more }));

  it('pages by marker', async () => {
    const first = await list({ MaxKeys: 2 });
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
    expect(first).toMatchObject({ IsTruncated: true, Marker: '' });
    expect(first.NextMarker).toBeUndefined();
    expect(first.Contents?.[0]?.Owner).toBeDefined();
    const second = await list({ Marker: 'a/2' });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['b c+d', 'e', 'ü/1']);
  });

  it('continues after a group by its next marker', async () => {
    const first = await list({ Delimiter: '/', MaxKeys: 1 });
    expect(first.NextMarker).toBe('a/');
    const second = await list({ Delimiter: '/', Marker: first.NextMarker, MaxKeys: 1 });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['b c+d']);
  });
});
