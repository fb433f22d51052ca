import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createS3 } from './index.ts';

const kernel = testKernel();
const s3 = createS3(kernel);
const Bucket = 'bucket';
const LARGE = 5 * 1024 * 1024;
const first = randomBytes(LARGE);
const last = Buffer.from('the end');
let endpoint: Endpoint;
let client: S3Client;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [s3.wire]);
  client = new S3Client({ ...clientSettings(endpoint), maxAttempts: 1 });
  s3.createBucket(Bucket, { cors: [], eventBridge: true });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

async function begin(Key: string, more: object = {}) {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ...more }),
  );
  const at = { Bucket, Key, UploadId };
  return {
    at,
    part: async (
      PartNumber: number,
      Body: Buffer,
      options: object = {},
    ): Promise<CompletedPart> => {
      const input = { ...at, PartNumber, Body, ...options };
      const sent = await client.send(new UploadPartCommand(input));
      return { PartNumber, ETag: sent.ETag };
    },
    complete: (Parts: CompletedPart[], options: object = {}) =>
      client.send(
        new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts }, ...options }),
      ),
  };
}

describe('an upload in parts', () => {
  it('becomes an object with its headers, in the order of the part numbers', async () => {
    kernel.busEvents.length = 0;
    const upload = await begin('whole', { ContentType: 'image/png', Metadata: { by: 'me' } });
    const two = await upload.part(7, last);
    const one = await upload.part(2, first);
    const { ETag } = await upload.complete([one, two]);
    const md5 = (body: Buffer) => createHash('md5').update(body).digest();
    const joint = createHash('md5')
      .update(Buffer.concat([md5(first), md5(last)]))
      .digest('hex');
    expect(ETag).toBe(`"${joint}-2"`);
    const object = await client.send(new GetObjectCommand({ Bucket, Key: 'whole' }));
    expect(object).toMatchObject({ ContentType: 'image/png', Metadata: { by: 'me' }, ETag });
    const body = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    expect(body.equals(Buffer.concat([first, last]))).toBe(true);
    expect(kernel.busEvents).toMatchObject([{ detail: { reason: 'CompleteMultipartUpload' } }]);

    const part = await client.send(new GetObjectCommand({ Bucket, Key: 'whole', PartNumber: 2 }));
    expect(await part.Body?.transformToString()).toBe('the end');
    expect(part).toMatchObject({
      PartsCount: 2,
      ContentRange: `bytes ${LARGE}-${LARGE + 6}/${LARGE + 7}`,
    });
    await expect(upload.complete([one])).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('answers a repeated completion like the first one, without a second event', async () => {
    const upload = await begin('repeated');
    const parts = [await upload.part(1, last)];
    kernel.busEvents.length = 0;
    const both = await Promise.all([upload.complete(parts), upload.complete(parts)]);
    const later = await upload.complete(parts, { IfNoneMatch: '*' });
    const answers = [...both, later].map(({ ETag, Key, Location }) => ({ ETag, Key, Location }));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(answers[0]?.ETag).toMatch(/^"[0-9a-f]{32}-1"$/);
    expect(kernel.busEvents).toHaveLength(1);
    await client.send(new PutObjectCommand({ Bucket, Key: 'repeated', Body: 'newer' }));
    await expect(upload.complete(parts)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('is rejected with the wrong parts, and stays', async () => {
    const upload = await begin('wrong');
    const [one, two] = [await upload.part(1, last), await upload.part(2, last)];
    const rejected = (parts: CompletedPart[]) =>
      upload.complete(parts).then(
        () => 'completed',
        ({ name }) => name,
      );
    expect(await rejected([])).toBe('MalformedXML');
    expect(await rejected([two, one])).toBe('InvalidPartOrder');
    expect(await rejected([one, one])).toBe('InvalidPartOrder');
    expect(await rejected([{ PartNumber: 1, ETag: two.ETag?.replace(/\w/, 'x') ?? '' }])).toBe(
      'InvalidPart',
    );
    expect(await rejected([one, { PartNumber: 3, ETag: one.ETag ?? '' }])).toBe('InvalidPart');
    expect(await rejected([one, two])).toBe('EntityTooSmall');
    await upload.complete([two]);
    expect(s3.get(Bucket, 'wrong')?.body.toString()).toBe('the end');
  });

  it.each([0, 10_001])('has no part %d', async (number) => {
    const upload = await begin('numbers');
    await expect(upload.part(number, last)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('is completed only if its conditions hold', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'old' }));
    const upload = await begin('there');
    const part = await upload.part(1, last);
    await expect(upload.complete([part], { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(upload.complete([part], { MpuObjectSize: 1 })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    expect(s3.get(Bucket, 'there')?.body.toString()).toBe('old');
    await upload.complete([part], { MpuObjectSize: last.length });
  });

  it('can contain ranges of other objects', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'abcdef' }));
    const upload = await begin('copied');
    const copy = (range: string) =>
      client.send(
        new UploadPartCopyCommand({
          ...upload.at,
          ...{ PartNumber: 1, CopySource: 'bucket/source', CopySourceRange: range },
        }),
      );
    await expect(copy('bytes=4-6')).rejects.toMatchObject({ name: 'InvalidArgument' });
    const { CopyPartResult } = await copy('bytes=1-3');
    await upload.complete([{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    expect(s3.get(Bucket, 'copied')?.body.toString()).toBe('bcd');
  });

  it('can be aborted', async () => {
    const upload = await begin('aborted');
    await client.send(new AbortMultipartUploadCommand(upload.at));
    await expect(upload.part(1, last)).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(s3.get(Bucket, 'aborted')).toBeUndefined();
  });
});

describe('checksums of parts', () => {
  it.each([
    ['CRC32', 'COMPOSITE', /-2$/],
    ['CRC32', 'FULL_OBJECT', /^[^-]+$/],
    ['CRC64NVME', undefined, /^[^-]+$/],
    ['SHA256', undefined, /-2$/],
  ] as const)('of %s and type %s describe the object', async (algorithm, type, form) => {
    const upload = await begin('summed', { ChecksumAlgorithm: algorithm, ChecksumType: type });
    const options = { ChecksumAlgorithm: algorithm };
    const parts = [await upload.part(1, first, options), await upload.part(2, last, options)];
    const completed = await upload.complete(parts);
    expect(completed[`Checksum${algorithm}`]).toMatch(form);
    const attributes = await client.send(
      new GetObjectAttributesCommand({
        ...{ Bucket, Key: 'summed' },
        ObjectAttributes: ['Checksum', 'ETag', 'ObjectParts', 'ObjectSize', 'StorageClass'],
      }),
    );
    expect(attributes).toMatchObject({
      ETag: completed.ETag?.replaceAll('"', ''),
      ObjectSize: LARGE + last.length,
      StorageClass: 'STANDARD',
      ObjectParts: { TotalPartsCount: 2 },
      Checksum: { [`Checksum${algorithm}`]: completed[`Checksum${algorithm}`] },
    });
  });
});

describe('lists of uploads', () => {
  it('name the parts in pages', async () => {
    const upload = await begin('listed/a');
    for (const number of [3, 1, 2]) await upload.part(number, last);
    const page = await client.send(new ListPartsCommand({ ...upload.at, MaxParts: 2 }));
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
    expect(page.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([1, 2]);
    const rest = await client.send(
      new ListPartsCommand({ ...upload.at, PartNumberMarker: page.NextPartNumberMarker }),
    );
    expect(rest.Parts).toMatchObject([{ PartNumber: 3, Size: last.length }]);
    expect(rest.IsTruncated).toBe(false);
  });

  it('name unfinished uploads in pages', async () => {
    const second = await begin('listed/a');
    const third = await begin('listed/b');
    const list = (more: object) =>
      client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'listed/', ...more }));
    const page = await list({ MaxUploads: 2 });
    expect(page.Uploads?.map(({ Key }) => Key)).toEqual(['listed/a', 'listed/a']);
    expect(page.NextUploadIdMarker).toBe(second.at.UploadId);
    const rest = await list({
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    });
    expect(rest.Uploads?.map(({ UploadId }) => UploadId)).toEqual([third.at.UploadId]);
    const marker = { KeyMarker: 'listed/a', UploadIdMarker: page.Uploads?.[0]?.UploadId };
    await client.send(
      new AbortMultipartUploadCommand({ ...second.at, UploadId: marker.UploadIdMarker }),
    );
    const afterAborted = await list(marker);
    expect(afterAborted.Uploads?.map(({ UploadId }) => UploadId)).toEqual([
      second.at.UploadId,
      third.at.UploadId,
    ]);
    const grouped = await list({ Prefix: '', Delimiter: '/' });
    expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'listed/' }]);
  });
});
