import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type DataPlane, enterDataPlane } from '@triptych/local-cloud';
import { s3 } from '@triptych/platform/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Originals } from './s3-originals.ts';

const bucket = 'originals';
const facts = { widthPx: 30, heightPx: 20, format: 'png' };
const bytes = Buffer.from('a picture');
let plane: DataPlane;

beforeAll(async () => {
  plane = await enterDataPlane();
  await plane.createBucket(bucket);
});
afterAll(() => plane.stop());

const store = () => s3Originals({ client: s3(), bucket });

async function upload(imageId: string): Promise<void> {
  const Key = `uploads/${imageId}`;
  await s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes }));
}

describe('uploads in S3', () => {
  it('are read where the presigned form put them', async () => {
    await upload('u1');
    expect(await store().readUpload('u1', 9)).toEqual(new Uint8Array(bytes));
  });

  it('are not read beyond the limit, and the next call still works', async () => {
    await upload('u2');
    expect(await store().readUpload('u2', 8)).toBe('too-large');
    expect(await store().readUpload('u2', 9)).toEqual(new Uint8Array(bytes));
  });

  it('are missing once removed, and may be removed twice', async () => {
    await upload('u3');
    await store().removeUpload('u3');
    await store().removeUpload('u3');
    expect(await store().readUpload('u3', 9)).toBe('missing');
  });
});

describe('originals in S3', () => {
  it('are kept with what is known of them', async () => {
    expect(await store().keep('i1', bytes, facts)).toEqual(facts);
    expect(await store().facts('i1')).toEqual(facts);
    expect(await store().read('i1')).toEqual(new Uint8Array(bytes));
    expect((await plane.objectIn(bucket, 'originals/i1'))?.headers).toMatchObject({
      'content-type': 'image/png',
    });
  });

  it('stay as they are when kept again, and the first facts are told', async () => {
    await store().keep('i2', bytes, facts);
    const second = { ...facts, widthPx: 99 };
    expect(await store().keep('i2', Buffer.from('another'), second)).toEqual(facts);
    expect(await store().read('i2')).toEqual(new Uint8Array(bytes));
  });

  it('are kept once by many at the same time', async () => {
    const widths = [1, 2, 3, 4, 5, 6];
    const keep = (widthPx: number) =>
      store().keep('i3', Buffer.from([widthPx]), { ...facts, widthPx });
    const told = await Promise.all(widths.map(keep));
    const [kept] = (await store().read('i3')) ?? [];
    expect(told).toEqual(widths.map(() => ({ ...facts, widthPx: kept })));
  });

  it('that were rejected are not there, and the first verdict holds either way', async () => {
    expect(await store().reject('i4')).toBe('rejected');
    expect(await store().keep('i4', bytes, facts)).toBe('rejected');
    expect(await store().verdict('i4')).toBe('rejected');
    expect(await store().read('i4')).toBeUndefined();
    expect(await store().facts('i4')).toBeUndefined();
    await store().keep('i5', bytes, facts);
    expect(await store().reject('i5')).toEqual(facts);
  });

  it('that are not there are undefined', async () => {
    expect(await store().verdict('none')).toBeUndefined();
    expect(await store().facts('none')).toBeUndefined();
    expect(await store().read('none')).toBeUndefined();
  });

  it('cannot be had from a bucket that is not there', async () => {
    const nowhere = s3Originals({ client: s3(), bucket: 'nowhere' });
    await expect(nowhere.ping()).rejects.toThrow();
    await expect(nowhere.read('i1')).rejects.toThrow();
    await expect(store().ping()).resolves.toBeUndefined();
  });
});
