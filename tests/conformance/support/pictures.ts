import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { expect } from 'vitest';
import { HANG_MS } from './hang.ts';
import { call, eventually } from './http.ts';
import { newProduct } from './shop.ts';

export interface Upload {
  imageId: string;
  upload: { url: string; fields: Record<string, string> };
}
interface ImageStatus {
  imageId: string;
  status: string;
  code?: string;
}

/** A smooth picture: a gradient, which compresses well. */
export function smooth(width: number, height: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g"><stop stop-color="#c86"/><stop offset="1" stop-color="#246"/>
    </linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer();
}

/** A noisy picture, which does not compress: its large renditions exceed Lambda's response limit. */
export function noisy(width: number, height: number): Promise<Buffer> {
  const pixels = randomBytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Requests an upload form for a picture of this product. */
export async function presign(
  token: string,
  productId: string,
  contentType = 'image/jpeg',
): Promise<Upload> {
  const answer = await call<Upload>('POST', `/catalog/products/${productId}/image`, {
    token,
    body: { contentType },
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}

/** Posts the form as a browser does. */
export async function postForm(
  { url, fields }: Upload['upload'],
  file: Uint8Array,
  change: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(file)]), 'picture.jpg');
  // Encoded first: Node's fetch crashes the process if a response arrives while it still writes a form.
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  const body = await encoded.bytes();
  return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(HANG_MS) });
}

/** Creates a product and uploads its picture. Resolves once the worker has accepted the picture. */
export async function productWithPicture(
  token: string,
  picture: Buffer,
  contentType?: string,
): Promise<string> {
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId, upload } = await presign(token, id, contentType);
  const posted = await postForm(upload, picture);
  expect(posted.status, await posted.text()).toBe(204);
  await examined(token, id);
  const product = await call<{ image: { imageId: string } | null }>(
    'GET',
    `/catalog/products/${id}`,
  );
  expect(product.json.image).toEqual({ imageId });
  return imageId;
}

/** Waits for the worker's verdict on a product's newest picture. */
export async function examined(
  token: string,
  productId: string,
  withinMs?: number,
): Promise<ImageStatus> {
  const path = `/catalog/products/${productId}/image`;
  return eventually(
    async () => (await call<ImageStatus>('GET', path, { token })).json,
    ({ status }) => status === 'attached' || status === 'rejected',
    withinMs,
  );
}
