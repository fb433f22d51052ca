import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
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

const bytesOf = async (key: string, extra: object = {}) => {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: 'bucket', Key: key, ...extra }),
  );
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('objects', () => {
  it('are returned byte for byte, with their metadata', async () => {
    const body = randomBytes(200_000);
    const put = await client.send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'a key/with ümlaut + plus.bin',
        Body: body,
        ContentType: 'image/png',
        CacheControl: 'no-store',
        Metadata: { owner: 'someone' },
      }),
    );
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    expect(put).toMatchObject({ ETag: etag, ChecksumCRC32: expect.any(String) });
    expect(await bytesOf('a key/with ümlaut + plus.bin')).toEqual(body);
    const head = await client.send(
      new HeadObjectCommand({ Bucket: 'bucket', Key: 'a key/with ümlaut + plus.bin' }),
    );
    expect(head).toMatchObject({
      ContentLength: 200_000,
      ContentType: 'image/png',
      CacheControl: 'no-store',
      ETag: etag,
      Metadata: { owner: 'someone' },
    });
    expect(s3.get('bucket', 'a key/with ümlaut + plus.bin')?.headers).toMatchObject({
      'content-type': 'image/png',
      'x-amz-meta-owner': 'someone',
    });
  });

  it('are stored without the framing of checksummed chunks', async () => {
    const body = randomBytes(300_000);
    await client.send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'streamed',
        Body: Readable.from([body.subarray(0, 100_000), body.subarray(100_000)]),
        ContentLength: body.length,
        ContentEncoding: 'gzip',
      }),
    );
    expect(await bytesOf('streamed')).toEqual(body);
    expect(s3.get('bucket', 'streamed')?.headers['content-encoding']).toBe('gzip');
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'are stored with a %s checksum',
    async (name) => {
      await client.send(
        new PutObjectCommand({
          Bucket: 'bucket',
          Key: name,
          Body: 'content',
          ChecksumAlgorithm: name,
        }),
      );
      expect((await bytesOf(name)).toString()).toBe('content');
    },
  );

  it('are rejected when their checksum does not match', async () => {
    await expect(
      client.send(
        new PutObjectCommand({
          Bucket: 'bucket',
          Key: 'damaged',
          Body: 'content',
          ChecksumSHA256: createHash('sha256').update('other').digest('base64'),
        }),
      ),
    ).rejects.toMatchObject({ name: 'BadDigest' });
    expect(s3.get('bucket', 'damaged')).toBeUndefined();
  });

  it('can be read in ranges', async () => {
    await client.send(
      new PutObjectCommand({ Bucket: 'bucket', Key: 'digits', Body: '0123456789' }),
    );
    expect((await bytesOf('digits', { Range: 'bytes=2-4' })).toString()).toBe('234');
    expect((await bytesOf('digits', { Range: 'bytes=7-' })).toString()).toBe('789');
    expect((await bytesOf('digits', { Range: 'bytes=-2' })).toString()).toBe('89');
    expect((await bytesOf('digits', { Range: 'bytes=8-99' })).toString()).toBe('89');
    const answer = await client.send(
      new GetObjectCommand({ Bucket: 'bucket', Key: 'digits', Range: 'bytes=2-4' }),
    );
    expect(answer).toMatchObject({ ContentRange: 'bytes 2-4/10', ContentLength: 3 });
    await expect(bytesOf('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
    });
  });

  it('are not sent to a client that already has them', async () => {
    const { ETag } = await client.send(
      new PutObjectCommand({ Bucket: 'bucket', Key: 'cached', Body: 'same' }),
    );
    await expect(bytesOf('cached', { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(bytesOf('cached', { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });

  it('are not overwritten by a PUT with If-None-Match', async () => {
    const write = () =>
      client.send(
        new PutObjectCommand({ Bucket: 'bucket', Key: 'first', Body: '1', IfNoneMatch: '*' }),
      );
    await write();
    await expect(write()).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('can be copied with or without their metadata', async () => {
    await client.send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'uploads/ä 1',
        Body: 'original',
        ContentType: 'text/plain',
      }),
    );
    const copy = (key: string, extra: object = {}) =>
      client.send(
        new CopyObjectCommand({
          Bucket: 'bucket',
          Key: key,
          CopySource: `bucket/${encodeURIComponent('uploads/ä 1')}`,
          ...extra,
        }),
      );
    const { CopyObjectResult } = await copy('originals/1');
    expect(CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/);
    await copy('originals/2', { MetadataDirective: 'REPLACE', ContentType: 'image/webp' });
    expect(s3.get('bucket', 'originals/1')?.headers['content-type']).toBe('text/plain');
    expect(s3.get('bucket', 'originals/2')?.headers['content-type']).toBe('image/webp');
    expect((await bytesOf('originals/2')).toString()).toBe('original');
    await expect(copy('uploads/ä 1')).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('are 404 when missing, and can be deleted repeatedly', async () => {
    await expect(bytesOf('absent')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(
      client.send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'absent' })),
    ).rejects.toMatchObject({ name: 'NotFound' });
    await client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'short', Body: 'x' }));
    for (let round = 0; round < 2; round += 1) {
      await client.send(new DeleteObjectCommand({ Bucket: 'bucket', Key: 'short' }));
    }
    await expect(bytesOf('short')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('can be listed in pages and folders, and deleted in bulk', async () => {
    for (const name of ['x/a', 'x/b', 'x/c/1', 'x/c/2', 'x/d & <e>']) {
      await client.send(new PutObjectCommand({ Bucket: 'bucket', Key: name, Body: name }));
    }
    const keys: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: 'bucket',
          Prefix: 'x/',
          MaxKeys: 2,
          ...(token ? { ContinuationToken: token } : {}),
        }),
      );
      keys.push(...(page.Contents ?? []).map((object) => object.Key));
      token = page.NextContinuationToken;
    } while (token);
    expect(keys).toEqual(['x/a', 'x/b', 'x/c/1', 'x/c/2', 'x/d & <e>']);

    const folded = await client.send(
      new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'x/', Delimiter: '/' }),
    );
    expect(folded.CommonPrefixes).toEqual([{ Prefix: 'x/c/' }]);
    expect(folded.KeyCount).toBe(4);

    await client.send(
      new DeleteObjectsCommand({
        Bucket: 'bucket',
        Delete: { Objects: keys.map((Key) => ({ Key })) },
      }),
    );
    const after = await client.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'x/' }));
    expect(after.KeyCount).toBe(0);
  });
});
