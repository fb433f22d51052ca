import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { expect } from 'vitest';
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

/** A noisy picture, which does not compress: its large variants pass Lambda's answer limit. */
export function noisy(width: number, height: number): Promise<Buffer> {
  const pixels = randomBytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Asks for a place to put a picture of this product. */
export async function presign(token: string, productId: string): Promise<Upload> {
  const answer = await call<Upload>('POST', `/catalog/products/${productId}/image`, {
    token,
    body: { contentType: 'image/jpeg' },
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}

/** Sends the form that a browser would send. */
export async function postForm(
  { url, fields }: Upload['upload'],
  file: Uint8Array,
  change: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(file)]), 'picture.jpg');
  // In one piece: a form that Node's fetch is still writing when the answer comes would end the process.
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  const body = await encoded.bytes();
  return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
}

/** A product with this picture attached; resolves when the worker has accepted it. */
export async function productWithPicture(token: string, picture: Buffer): Promise<string> {
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId, upload } = await presign(token, id);
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

/** What the worker said of a product's newest picture. */
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
