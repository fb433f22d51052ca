import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type DataPlane, enterDataPlane } from '@triptych/local-cloud';
import { publicS3, s3 } from '@triptych/platform/aws';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { variantKey } from '../core/index.ts';
import { s3VariantLinks } from './s3-variant-links.ts';

const variant = { imageId: 'i1', widthPx: 640, format: 'webp' } as const;

let plane: DataPlane;
beforeAll(async () => {
  plane = await enterDataPlane();
  await plane.createBucket('variants');
  const object = { Bucket: 'variants', Key: variantKey(variant), Body: 'a picture' };
  await s3().send(new PutObjectCommand(object));
  // Services and browsers reach the same S3 by different names; here the services' name leads nowhere.
  vi.stubEnv('S3_PUBLIC_ENDPOINT', plane.endpointUrl);
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://inside.invalid:4566');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await plane.stop();
});

it('links to variants are made for the address that browsers reach', async () => {
  const link = await s3VariantLinks({ client: publicS3(), bucket: 'variants' }).locate(variant);
  expect(link.startsWith(`${plane.endpointUrl}/variants/images/i1/w640.webp?`)).toBe(true);
  expect(await (await fetch(link)).text()).toBe('a picture');
});
