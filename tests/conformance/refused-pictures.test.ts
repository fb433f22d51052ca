import { expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  bomb,
  coded,
  still,
} from './support/bad-pictures.ts';
import { bytes, call } from './support/http.ts';
import { examined, postForm, presign } from './support/pictures.ts';
import { read } from './support/products.ts';
import { newProduct } from './support/shop.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>';

type Files = Record<string, () => Promise<Uint8Array> | Uint8Array>;

/** Each is uploaded with the content type that the form requires. */
const unsupported: Files = {
  'an SVG': () => Buffer.from(svg),
  'an SVG with a prologue': () => Buffer.from(`<?xml version="1.0"?>\n<!-- a -->${svg}`),
  'a GIF of 1000 frames': () => animatedGif(1000),
  'a WebP of 1000 frames': () => animatedWebp(1000),
  'an animated PNG': animatedPng,
  'an HTML page': () => Buffer.from('<!doctype html><script>alert(1)</script>'),
  'a JPEG header followed by a script': () =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<?php echo 1; ?>')]),
};

const half = (file: Buffer) => file.subarray(0, Math.floor(file.length / 2));

/** They lack pixels. A decoder that only shrinks a picture may not notice the last one. */
const truncated: Files = {
  'a JPEG cut in half': async () => half(await still('jpeg')),
  'a PNG cut in half': async () => half(await still('png')),
  'a WebP cut in half': async () => half(await still('webp')),
  'an AVIF cut in half': async () => half(await still('avif')),
  'a JPEG of 450 px height without its last 20 bytes': async () =>
    (await still('jpeg', 600, 450)).subarray(0, -20),
};

const rejected = Object.entries({
  'unsupported-image': unsupported,
  'truncated-image': truncated,
  'too-many-pixels': { 'a decompression bomb: few bytes, 100 million pixels': bomb },
  'unsupported-colour': { 'a PNG with a reserved transfer function': () => coded(1, 99) },
}).flatMap(([code, files]) =>
  Object.entries(files).map(([name, make]) => [name, code, make] as const),
);

test.for(rejected)('%s is rejected as %s and never served', async ([, code, make], context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId, upload } = await presign(token, id);
  const posted = await postForm(upload, await make());
  expect(posted.status, await posted.text()).toBe(204);
  const state = await examined(token, id);
  expect(state).toEqual({ imageId, status: 'rejected', code });
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

test.for(['image/svg+xml', 'image/gif', 'text/html', 'image/jpegx', 'image', 'x; image/png', ''])(
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
