import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createS3 } from './index.ts';

const kernel = testKernel();
const s3 = createS3(kernel);
let endpoint: Endpoint;
let client: S3Client;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [s3.wire]);
  client = new S3Client({
    ...clientSettings(endpoint),
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  s3.createBucket('bucket', {
    eventBridge: true,
    cors: [
      {
        allowedOrigins: ['http://127.0.0.1:4001'],
        allowedMethods: ['POST', 'GET'],
        allowedHeaders: ['content-*'],
        exposedHeaders: ['ETag'],
        maxAgeSeconds: 300,
      },
    ],
  });
  await client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'private', Body: 'secret' }));
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const textOf = async (url: string | URL, init?: RequestInit) => {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
};

describe('signed requests', () => {
  it('are rejected without a signature, or with one from another secret', async () => {
    const plain = await textOf(`http://127.0.0.1:${endpoint.port}/bucket/private`);
    expect(plain).toMatchObject({ status: 403, text: expect.stringContaining('AccessDenied') });
    for (const [credentials, code] of [
      [{ accessKeyId: 'local', secretAccessKey: 'guessed' }, 'SignatureDoesNotMatch'],
      [{ accessKeyId: 'stranger', secretAccessKey: 'local-secret' }, 'InvalidAccessKeyId'],
    ] as const) {
      const stranger = new S3Client({ ...clientSettings(endpoint), credentials });
      await expect(
        stranger.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'private' })),
      ).rejects.toMatchObject({ name: code });
      stranger.destroy();
    }
  });
});

describe('a presigned GET', () => {
  const presigned = (expiresIn = 60, signingDate = new Date()) =>
    getSignedUrl(client, new GetObjectCommand({ Bucket: 'bucket', Key: 'private' }), {
      expiresIn,
      signingDate,
    });

  it('returns the object', async () => {
    expect(await textOf(await presigned())).toEqual({ status: 200, text: 'secret' });
  });

  it('is rejected when any part of it is changed', async () => {
    const signed = await presigned();
    const otherKey = signed.replace('/private', '/other');
    const longer = new URL(signed);
    longer.searchParams.set('X-Amz-Expires', '6000');
    const more = new URL(signed);
    more.searchParams.set('response-content-type', 'text/html');
    for (const url of [otherKey, longer, more]) {
      expect(await textOf(url)).toMatchObject({
        status: 403,
        text: expect.stringContaining('SignatureDoesNotMatch'),
      });
    }
    expect((await fetch(signed, { method: 'DELETE' })).status).toBe(403);
  });

  it('is rejected when it has expired, or is not valid yet', async () => {
    const yesterday = new Date(Date.now() - 24 * 3600 * 1000);
    const expired = await textOf(await presigned(60, yesterday));
    expect(expired).toMatchObject({ status: 403, text: expect.stringContaining('has expired') });
    const tomorrow = new Date(Date.now() + 24 * 3600 * 1000);
    expect((await textOf(await presigned(60, tomorrow))).status).toBe(403);
  });
});

describe('a presigned PUT', () => {
  it('stores the object', async () => {
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'bucket', Key: 'put' }));
    expect((await fetch(url, { method: 'PUT', body: 'by url' })).status).toBe(200);
    expect(s3.get('bucket', 'put')?.body.toString()).toBe('by url');
  });

  it('fails, as on AWS, with the checksum of an empty body', async () => {
    const eager = new S3Client(clientSettings(endpoint));
    const url = await getSignedUrl(eager, new PutObjectCommand({ Bucket: 'bucket', Key: 'eager' }));
    const answer = await textOf(url, { method: 'PUT', body: 'not empty' });
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('BadDigest') });
    eager.destroy();
  });
});

describe('a presigned POST', () => {
  const limit = 1000;
  const presigned = (expiresSeconds = 600) =>
    createPresignedPost(client, {
      Bucket: 'bucket',
      Key: 'uploads/1',
      Conditions: [
        ['content-length-range', 1, limit],
        ['starts-with', '$Content-Type', 'image/'],
      ],
      Fields: { success_action_status: '201' },
      Expires: expiresSeconds,
    });
  const post = (
    { url, fields }: { url: string; fields: Record<string, string> },
    overrides: Record<string, string> = {},
    bytes = 10,
  ) => {
    const form = new FormData();
    const all = { ...fields, 'Content-Type': 'image/png', ...overrides };
    for (const [name, value] of Object.entries(all)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes).fill(7)]), 'photo.png');
    return textOf(url, { method: 'POST', body: form });
  };

  it('stores the file and sends an event to the default bus', async () => {
    kernel.busEvents.length = 0;
    const answer = await post(await presigned());
    expect(answer).toMatchObject({
      status: 201,
      text: expect.stringContaining('<Key>uploads/1</Key>'),
    });
    expect(s3.get('bucket', 'uploads/1')).toMatchObject({
      body: Buffer.alloc(10, 7),
      headers: { 'content-type': 'image/png' },
    });
    expect(kernel.busEvents).toMatchObject([
      { detail: { reason: 'POST Object', object: { key: 'uploads/1', size: 10 } } },
    ]);
  });

  it.each([
    ['another key', { key: 'uploads/2' }, 'AccessDenied'],
    ['a content type outside the policy', { 'Content-Type': 'text/html' }, 'AccessDenied'],
    ['a field outside the policy', { 'x-amz-meta-more': '1' }, 'AccessDenied'],
    ['another signature', { 'X-Amz-Signature': 'a'.repeat(64) }, 'SignatureDoesNotMatch'],
    ['another bucket', { bucket: 'other' }, 'InvalidArgument'],
  ])('is rejected with %s', async (_what, overrides, code) => {
    const { status, text } = await post(await presigned(), overrides);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(`<Code>${code}</Code>`);
  });

  it('is rejected with a changed policy', async () => {
    const signed = await presigned();
    const policy = Buffer.from(signed.fields.Policy ?? '', 'base64').toString();
    const wider = Buffer.from(policy.replace('1000', '9999')).toString('base64');
    const answer = await post(signed, { Policy: wider });
    expect(answer.text).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('is rejected without a policy', async () => {
    const { url } = await presigned();
    const answer = await post({ url, fields: { key: 'uploads/3' } });
    expect(answer).toMatchObject({
      status: 403,
      text: expect.stringContaining('<Code>AccessDenied</Code>'),
    });
  });

  it('is rejected when the file is too large or empty', async () => {
    const tooLarge = await post(await presigned(), {}, limit + 1);
    expect(tooLarge).toMatchObject({
      status: 400,
      text: expect.stringContaining('<Code>EntityTooLarge</Code>'),
    });
    const empty = await post(await presigned(), {}, 0);
    expect(empty.text).toContain('<Code>EntityTooSmall</Code>');
  });

  it('is rejected when its policy has expired', async () => {
    const answer = await post(await presigned(-1));
    expect(answer).toMatchObject({
      status: 403,
      text: expect.stringContaining('Policy expired'),
    });
  });
});

describe('CORS', () => {
  const preflight = (origin: string, headers = 'content-type') =>
    fetch(`http://127.0.0.1:${endpoint.port}/bucket`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers,
      },
    });

  it('allows the preflight of an allowed page', async () => {
    const { status, headers } = await preflight('http://127.0.0.1:4001');
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': 'http://127.0.0.1:4001',
      'access-control-allow-methods': 'POST, GET',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '300',
    });
  });

  it('rejects other pages and headers', async () => {
    expect((await preflight('http://127.0.0.1:4002')).status).toBe(403);
    expect((await preflight('http://127.0.0.1:4001', 'x-other')).status).toBe(403);
  });

  it('lets an allowed page read responses, including errors', async () => {
    const { status, headers } = await fetch(`http://127.0.0.1:${endpoint.port}/bucket/private`, {
      headers: { origin: 'http://127.0.0.1:4001' },
    });
    expect(status).toBe(403);
    expect(headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:4001');
  });
});
