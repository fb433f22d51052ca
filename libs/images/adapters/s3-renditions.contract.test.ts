import { PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rendition, renditionKey } from '../core/index.ts';
import { renditionsContract } from '../testing/renditions-contract.ts';
import { s3RenditionLinks } from './s3-rendition-links.ts';
import { s3Renditions } from './s3-renditions.ts';

const rendition: Rendition = { imageId: 'i1', widthPx: 640, format: 'webp' };
const bytes = new Uint8Array([1, 2, 3, 4]);
let plane: DataPlane;
let buckets = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

async function emptyBucket() {
  buckets += 1;
  const bucket = `renditions-${buckets}`;
  await plane.createBucket(bucket);
  return { client: s3(), bucket };
}

renditionsContract('S3', async () => s3Renditions(await emptyBucket()));

describe('the bucket of renditions', () => {
  it('holds a rendition under its key, with the headers of a response', async () => {
    const at = await emptyBucket();
    await s3Renditions(at).save(rendition, bytes);
    expect((await plane.objectIn(at.bucket, renditionKey(rendition)))?.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('does not serve what an older version stored under the path of the URL alone', async () => {
    const at = await emptyBucket();
    const Key = 'images/i1/w640.webp';
    await at.client.send(new PutObjectCommand({ Bucket: at.bucket, Key, Body: bytes }));
    expect(await s3Renditions(at).find(rendition, { maxBytes: 4 })).toBeUndefined();
  });

  it('causes errors, not "not found", if it does not exist', async () => {
    const nowhere = s3Renditions({ client: s3(), bucket: 'nowhere' });
    await expect(nowhere.find(rendition, { maxBytes: 4 })).rejects.toThrow();
  });
});

describe('a link to a stored rendition', () => {
  it('is valid for one minute and for that rendition only', async () => {
    const at = await emptyBucket();
    await s3Renditions(at).save(rendition, bytes);
    const link = new URL(await s3RenditionLinks(at).linkTo(rendition));
    expect(link.searchParams.get('X-Amz-Expires')).toBe('60');
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);

    link.pathname = link.pathname.replace('w640', 'w320');
    const other = await fetch(link);
    await other.body?.cancel();
    expect(other.status).toBe(403);
  });
});
