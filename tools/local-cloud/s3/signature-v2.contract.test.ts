import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { startTestEndpoint, TEST_CREDENTIALS, testKernel } from '../testing/test-kernel.ts';
import { createS3 } from './index.ts';

const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS;
const kernel = testKernel();
const s3 = createS3(kernel);
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [s3.wire]);
  s3.createBucket('bucket');
});
afterAll(() => endpoint.stop());

const hmac = (text: string) => createHmac('sha1', secretAccessKey).update(text).digest('base64');
const inSeconds = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);
const url = (path: string) => `http://127.0.0.1:${endpoint.port}${path}`;

/** A form with a signed policy, as boto3 makes it. */
function form(conditions: unknown[], signature?: string): FormData {
  const expiration = new Date(Date.now() + 60_000).toISOString();
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
  const fields = new FormData();
  fields.set('key', 'k');
  fields.set('AWSAccessKeyId', accessKeyId);
  fields.set('policy', policy);
  fields.set('signature', signature ?? hmac(policy));
  fields.set('file', new Blob(['posted']));
  return fields;
}

const post = (fields: FormData) => fetch(url('/bucket'), { method: 'POST', body: fields });

/** A presigned link. `resource` is what is signed. */
function link(path: string, expires: string, resource = path): string {
  const Signature = hmac(`GET\n\n\n${expires}\n${resource}`);
  const signed = new URLSearchParams({ AWSAccessKeyId: accessKeyId, Expires: expires, Signature });
  return url(`${path}${path.includes('?') ? '&' : '?'}${signed}`);
}

describe('a form with Signature Version 2', () => {
  it('is stored if its policy holds', async () => {
    const response = await post(form([{ bucket: 'bucket' }, ['starts-with', '$key', '']]));
    expect(response.status).toBe(204);
    expect(s3.get('bucket', 'k')?.body.toString()).toBe('posted');
  });

  it('is rejected with another signature, or outside its policy', async () => {
    expect((await post(form([{ key: 'k' }, { bucket: 'bucket' }], 'AAAA'))).status).toBe(403);
    expect((await post(form([{ key: 'other' }, { bucket: 'bucket' }]))).status).toBe(403);
  });

  it('is rejected by name with a field that is not supported', async () => {
    const fields = form([{ key: 'k' }, { bucket: 'bucket' }, { acl: 'private' }]);
    // Fields after the file are ignored.
    fields.delete('file');
    fields.set('acl', 'private');
    fields.set('file', new Blob(['posted']));
    const response = await post(fields);
    expect(response.status).toBe(501);
    expect(await response.text()).toContain('the field acl');
  });
});

describe('a link with Signature Version 2', () => {
  it('works until it expires', async () => {
    await post(form([{ key: 'k' }, { bucket: 'bucket' }]));
    expect(await (await fetch(link('/bucket/k', inSeconds(60)))).text()).toBe('posted');
    const expired = await fetch(link('/bucket/k', inSeconds(-60)));
    expect(expired.status).toBe(403);
    expect(await expired.text()).toContain('Request has expired');
  });

  it('is valid only for what it signs', async () => {
    const expires = inSeconds(60);
    const typed = '/bucket/k?response-content-type=a/b';
    expect((await fetch(link(typed, expires))).headers.get('content-type')).toBe('a/b');
    expect((await fetch(link(typed, expires, '/bucket/k'))).status).toBe(403);
    expect((await fetch(link('/bucket/k', expires, '/bucket/other'))).status).toBe(403);
  });

  it('is the only use of version 2 for requests', async () => {
    const headers = { authorization: `AWS ${accessKeyId}:AAAA`, date: new Date().toUTCString() };
    const response = await fetch(url('/bucket/k'), { headers });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Please use AWS4-HMAC-SHA256');
  });
});
