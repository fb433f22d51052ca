import { PutObjectCommand } from '@aws-sdk/client-s3';
import { publicS3, s3 } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { renditionKey } from '../core/index.ts';
import { s3RenditionLinks } from './s3-rendition-links.ts';

const BUCKET = 'renditions';
const rendition = { imageId: 'i1', widthPx: 640, format: 'webp' } as const;

let plane: DataPlane;
beforeAll(async () => {
  plane = await enterDataPlane();
  await plane.createBucket(BUCKET);
  const object = { Bucket: BUCKET, Key: renditionKey(rendition), Body: 'a picture' };
  await s3().send(new PutObjectCommand(object));
  // Services and browsers use different host names for S3. Here the services' one does not resolve.
  vi.stubEnv('S3_PUBLIC_ENDPOINT', plane.endpointUrl);
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://inside.invalid:4566');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await plane.stop();
});

it('links to renditions use the address that browsers reach', async () => {
  const link = await s3RenditionLinks({ client: publicS3(), bucket: BUCKET }).linkTo(rendition);
  expect(link.startsWith(`${plane.endpointUrl}/${BUCKET}/${renditionKey(rendition)}?`)).toBe(true);
  expect(await (await fetch(link)).text()).toBe('a picture');
});
