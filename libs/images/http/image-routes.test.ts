import { AppError } from '@triptych/platform/errors';
import { shopApp } from '@triptych/platform/testing/shop-app';
import { describe, expect, it } from 'vitest';
import { createImages, renditionKey } from '../core/index.ts';
import { inMemoryPorts } from '../testing/in-memory-ports.ts';
import { imageRoutes } from './image-routes.ts';
import { type LargeRenditions, MAX_FUNCTION_ANSWER_BYTES } from './large-renditions.ts';

async function imagesApp(largeRenditions: LargeRenditions = 'stream', originalBytes = 0) {
  const ports = inMemoryPorts();
  ports.accept('i1', originalBytes ? 'x'.repeat(originalBytes) : undefined);
  const app = await shopApp(imageRoutes({ images: createImages(ports), largeRenditions }));
  const get = (url: string, headers = {}) => app.inject({ url, headers });
  return { app, ports, get };
}

describe('GET /images/{id}/w{width}.{format}', () => {
  it('sends the picture, cacheable for a year', async () => {
    const { get } = await imagesApp();
    const answer = await get('/images/i1/w640.webp');
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.toString()).toBe('3000x2000 as 640 webp');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': '21',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.headers.vary ?? '').not.toMatch(/accept\b(?!-)/i);
  });

  it('chooses the format of .auto by Accept, and sends Vary', async () => {
    const { get } = await imagesApp();
    const answer = await get('/images/i1/w640.auto', { accept: 'image/avif,image/webp' });
    expect(answer.headers['content-type']).toBe('image/avif');
    expect(answer.headers.vary).toMatch(/\bAccept\b/);
    const plain = await get('/images/i1/w640.auto');
    expect(plain.headers['content-type']).toBe('image/jpeg');
    expect(plain.headers.vary).toMatch(/\bAccept\b/);
  });

  it.each(['w641.webp', 'w0640.webp', 'w640.png', 'w640.webp.webp', 'wide.webp', 'w-1.auto'])(
    'rejects %s as unsupported-variant',
    async (name) => {
      const { get } = await imagesApp();
      const answer = await get(`/images/i1/${name}`);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'unsupported-variant', status: 400 });
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it.each(['i2', 'a.b', '%2e%2e', 'x'.repeat(65), 'i1%2F..'])(
    'returns 404 for the image id %s',
    async (imageId) => {
      const { get } = await imagesApp();
      const answer = await get(`/images/${imageId}/w640.webp`);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('answers 304 for a matching tag, without making the rendition again', async () => {
    const { get, ports } = await imagesApp();
    const { etag } = (await get('/images/i1/w640.webp')).headers;
    const again = await get('/images/i1/w640.webp', { 'if-none-match': etag });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
    expect(again.headers).toMatchObject({ etag, 'cache-control': /immutable/ });
    expect(ports.resized).toHaveLength(1);
    expect((await get('/images/i2/w640.webp', { 'if-none-match': '*' })).statusCode).toBe(404);
  });
});

it.each(['stream', 'same-url', { redirectTo: { linkTo: async () => 'unused' } }] as const)(
  'answers 422 for an original that cannot be decoded (%o)',
  async (largeRenditions) => {
    const { get, ports } = await imagesApp(largeRenditions);
    ports.processor.resize = async () => {
      throw new AppError('unprocessable', 'undecodable-image', 'It cannot be shown.');
    };
    const answer = await get('/images/i1/w640.webp');
    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'cache-control': 'no-store',
    });
    expect(answer.json()).toMatchObject({ code: 'undecodable-image', status: 422 });
  },
);

describe('a rendition too large for a function', () => {
  const large = MAX_FUNCTION_ANSWER_BYTES + 1;
  const w2560 = { imageId: 'i1', widthPx: 2560, format: 'jpeg' } as const;

  it('is streamed by a container', async () => {
    const { get } = await imagesApp('stream', large);
    const answer = await get('/images/i1/w2560.jpeg');
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.byteLength).toBeGreaterThan(large);
  });

  it('is answered by a redirect to a link', async () => {
    const redirectTo = { linkTo: async () => 'https://bucket.example/signed' };
    const { get, ports } = await imagesApp({ redirectTo }, large);
    const answer = await get('/images/i1/w2560.jpeg');
    expect(answer.statusCode).toBe(302);
    expect(answer.headers).toMatchObject({
      location: 'https://bucket.example/signed',
      'cache-control': 'no-store',
    });
    expect(ports.stored.has(renditionKey(w2560))).toBe(true);
  });

  it('is answered behind a CDN by a redirect to the same URL, once the bucket has it', async () => {
    const { get, ports } = await imagesApp('same-url', large);
    const answer = await get('/images/i1/w2560.jpeg');
    expect(answer.statusCode).toBe(307);
    expect(answer.headers).toMatchObject({
      location: '/images/i1/w2560.jpeg',
      'cache-control': 'no-store',
    });
    expect(ports.stored.has(renditionKey(w2560))).toBe(true);
  });

  it.each(['same-url', { redirectTo: { linkTo: async () => 'unused' } }] as const)(
    'exceeds the limit; one of exactly the limit is sent',
    async (largeRenditions) => {
      const suffix = ' as 2560 jpeg'.length;
      const { get } = await imagesApp(largeRenditions, MAX_FUNCTION_ANSWER_BYTES - suffix);
      expect((await get('/images/i1/w2560.jpeg')).statusCode).toBe(200);
    },
  );
});
