import sharp from 'sharp';
import { expect, test } from 'vitest';
import { bytes, call } from './support/http.ts';
import { postForm, presign, productWithPicture, smooth } from './support/pictures.ts';
import { adminToken, newProduct } from './support/shop.ts';

test('a picture is uploaded with a signed form, examined, and attached to its product', async (context) => {
  const token = await adminToken(context);
  const imageId = await productWithPicture(token, await smooth(800, 600));
  const picture = await bytes(`/images/${imageId}/w160.jpeg`);
  expect(picture.status).toBe(200);
});

test.for(['png', 'webp', 'avif'] as const)('a picture may be %s', async (format, context) => {
  const token = await adminToken(context);
  const picture = await sharp(await smooth(320, 200))
    .toFormat(format)
    .toBuffer();
  const imageId = await productWithPicture(token, picture, `image/${format}`);
  expect((await bytes(`/images/${imageId}/w160.jpeg`)).status).toBe(200);
});

test('a picture is pending and not served until it is examined', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId } = await presign(token, id);
  const status = await call('GET', `/catalog/products/${id}/image`, { token });
  expect(status.json).toMatchObject({ imageId, status: 'pending' });
  expect((await bytes(`/images/${imageId}/w160.jpeg`)).status).toBe(404);
});

test('the bucket rejects a tampered form', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { upload } = await presign(token, id);
  const elsewhere = await postForm(upload, await smooth(40, 30), { key: 'originals/mine' });
  const otherType = await postForm(upload, await smooth(40, 30), { 'Content-Type': 'text/html' });
  expect([elsewhere.status, otherType.status]).toEqual([403, 403]);
});

test('the bucket rejects a file larger than 15 MB', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { upload } = await presign(token, id);
  const answer = await postForm(upload, new Uint8Array(15_000_000 + 600_000));
  expect(answer.status).toBe(400);
});
