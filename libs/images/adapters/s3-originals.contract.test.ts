import { PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originalsContract } from '../testing/originals-contract.ts';
import { s3Originals } from './s3-originals.ts';

let plane: DataPlane;
let buckets = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

async function open() {
  buckets += 1;
  const bucket = `originals-${buckets}`;
  await plane.createBucket(bucket);
  return {
    bucket,
    originals: s3Originals({ client: s3(), bucket }),
    async upload(imageId: string, bytes: Uint8Array) {
      const object = { Bucket: bucket, Key: `uploads/${imageId}`, Body: bytes };
      await s3().send(new PutObjectCommand(object));
    },
  };
}

originalsContract('S3', open);

describe('the bucket of originals', () => {
  it('holds an original under originals/ with its content type', async () => {
    const { originals, bucket } = await open();
    const facts = { widthPx: 30, heightPx: 20, format: 'png' };
    await originals.keep('i1', Buffer.from('a picture'), facts);
    expect((await plane.objectIn(bucket, 'originals/i1'))?.headers).toMatchObject({
      'content-type': 'image/png',
    });
  });

  it('passes the readiness check', async () => {
    const { originals } = await open();
    await expect(originals.ping()).resolves.toBeUndefined();
  });

  it('causes errors, not "not found", if it does not exist', async () => {
    const nowhere = s3Originals({ client: s3(), bucket: 'nowhere' });
    await expect(nowhere.ping()).rejects.toThrow();
    await expect(nowhere.read('i1')).rejects.toThrow();
  });
});
