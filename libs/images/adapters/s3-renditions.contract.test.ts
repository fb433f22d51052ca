import { type DataPlane, enterDataPlane } from '@triptych/local-cloud';
import { s3 } from '@triptych/platform/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Variant } from '../core/index.ts';
import { s3VariantLinks } from './s3-variant-links.ts';
import { s3Variants } from './s3-variants.ts';

const bucket = 'variants';
const variant: Variant = { imageId: 'i1', widthPx: 640, format: 'webp' };
const bytes = new Uint8Array([1, 2, 3, 4]);
let plane: DataPlane;

beforeAll(async () => {
  plane = await enterDataPlane();
  await plane.createBucket(bucket);
});
afterAll(() => plane.stop());

describe('variants in S3', () => {
  const variants = () => s3Variants({ client: s3(), bucket });

  it('are there once saved, under the path of their URL and with the headers of the answer', async () => {
    expect(await variants().find(variant, { maxBytes: 4 })).toBeUndefined();
    await variants().save(variant, bytes);
    expect(await variants().find(variant, { maxBytes: 4 })).toEqual({ sizeBytes: 4, bytes });
    expect((await plane.objectIn(bucket, 'images/i1/w640.webp'))?.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('leave out their bytes when there are more than wanted', async () => {
    await variants().save(variant, bytes);
    expect(await variants().find(variant, { maxBytes: 3 })).toEqual({ sizeBytes: 4 });
  });

  it('may be saved by two at once', async () => {
    await Promise.all([variants().save(variant, bytes), variants().save(variant, bytes)]);
    expect(await variants().find(variant, { maxBytes: 4 })).toEqual({ sizeBytes: 4, bytes });
  });

  it('do not hide a bucket that is not there behind "not found"', async () => {
    const nowhere = s3Variants({ client: s3(), bucket: 'nowhere' });
    await expect(nowhere.find(variant, { maxBytes: 4 })).rejects.toThrow();
  });
});

describe('links to stored variants', () => {
  it('are good for a minute, for this variant only', async () => {
    await s3Variants({ client: s3(), bucket }).save(variant, bytes);
    const link = new URL(await s3VariantLinks({ client: s3(), bucket }).locate(variant));
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
