import { publicS3 } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { s3Uploads } from './s3-uploads.ts';

let plane: DataPlane;
beforeAll(async () => {
  plane = await enterDataPlane();
  await plane.createBucket('originals');
  // Services and browsers use different host names for S3. Here the services' one does not resolve.
  vi.stubEnv('S3_PUBLIC_ENDPOINT', plane.endpointUrl);
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://inside.invalid:4566');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await plane.stop();
});

it('upload tickets use the address that browsers reach', async () => {
  const uploads = s3Uploads({ client: publicS3(), bucket: 'originals' });
  const ticket = await uploads.issue({ imageId: 'i1', contentType: 'image/png' });
  expect(ticket.url).toBe(`${plane.endpointUrl}/originals`);
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) form.set(name, value);
  form.set('file', new Blob(['a picture']));
  expect((await fetch(ticket.url, { method: 'POST', body: form })).ok).toBe(true);
  expect((await plane.objectIn('originals', 'uploads/i1'))?.body.toString()).toBe('a picture');
});
