import { expect, test } from 'vitest';
import { bytes, call } from './support/http.ts';
import { postForm, presign, productWithPicture, smooth } from './support/pictures.ts';
import { adminToken, newProduct } from './support/shop.ts';

test('a picture goes up by a signed form, is examined, and then belongs to its product', async (context) => {
  const token = await adminToken(context);
  const imageId = await productWithPicture(token, await smooth(800, 600));
  const picture = await bytes(`/images/${imageId}/w160.jpeg`);
  expect(picture.status).toBe(200);
});

test('until it is examined a picture is pending, and nobody can see it', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId } = await presign(token, id);
  const status = await call('GET', `/catalog/products/${id}/image`, { token });
  expect(status.json).toMatchObject({ imageId, status: 'pending' });
  expect((await bytes(`/images/${imageId}/w160.jpeg`)).status).toBe(404);
});

test('a form that was changed is refused by the store', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { upload } = await presign(token, id);
  const elsewhere = await postForm(upload, await smooth(40, 30), { key: 'originals/mine' });
  const otherType = await postForm(upload, await smooth(40, 30), { 'Content-Type': 'text/html' });
  expect([elsewhere.status, otherType.status]).toEqual([403, 403]);
});

test('a file of more than 15 MB is refused by the store', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { upload } = await presign(token, id);
  const answer = await postForm(upload, new Uint8Array(15_000_000 + 600_000));
  expect(answer.status).toBe(400);
});
