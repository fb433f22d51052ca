import { expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import { animatedGif, animatedPng, animatedWebp, bomb, still } from './support/bad-pictures.ts';
import { bytes, call } from './support/http.ts';
import { examined, postForm, presign } from './support/pictures.ts';
import { read } from './support/products.ts';
import { newProduct } from './support/shop.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>';

/** Each is uploaded with the content type that the form requires. */
const files: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
  'a decompression bomb: few bytes, 100 million pixels': bomb,
  'an SVG': () => Buffer.from(svg),
  'an SVG with a prologue': () => Buffer.from(`<?xml version="1.0"?>\n<!-- a -->${svg}`),
  'a JPEG cut in half': async () => half(await still('jpeg')),
  'a PNG cut in half': async () => half(await still('png')),
  'a WebP cut in half': async () => half(await still('webp')),
  'a GIF of 1000 frames': () => animatedGif(1000),
  'a WebP of 1000 frames': () => animatedWebp(1000),
  'an animated PNG': animatedPng,
  'an HTML page': () => Buffer.from('<!doctype html><script>alert(1)</script>'),
  'a JPEG header followed by a script': () =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<?php echo 1; ?>')]),
};

const half = (file: Buffer) => file.subarray(0, Math.floor(file.length / 2));

test.for(Object.entries(files))('%s is rejected and never served', async ([, make], context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId, upload } = await presign(token, id);
  const posted = await postForm(upload, await make());
  expect(posted.status, await posted.text()).toBe(204);
  const state = await examined(token, id);
  expect(state).toEqual({ imageId, status: 'rejected', code: 'unsupported-image' });
  expect((await read(id)).json.image).toBeNull();
  expect((await bytes(`/images/${imageId}/w160.jpeg`)).status).toBe(404);
});

test('the bucket rejects an empty file', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { upload } = await presign(token, id);
  expect((await postForm(upload, new Uint8Array())).status).toBe(400);
});

test('a valid picture is accepted after a rejected one', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const bad = await presign(token, id);
  await postForm(bad.upload, Buffer.from(svg));
  await examined(token, id);
  const good = await presign(token, id);
  await postForm(good.upload, await still('jpeg'));
  expect(await examined(token, id)).toEqual({ imageId: good.imageId, status: 'attached' });
});

test.for(['image/svg+xml', 'image/gif', 'text/html', ''])(
  'issues no upload form for the content type "%s"',
  async (contentType, context) => {
    const token = await adminToken(context);
    const { id } = await newProduct(token, { stock: 0 });
    const answer = await call('POST', `/catalog/products/${id}/image`, {
      token,
      body: { contentType },
    });
    expect([answer.status, answer.json.code]).toEqual([400, 'validation']);
  },
);
