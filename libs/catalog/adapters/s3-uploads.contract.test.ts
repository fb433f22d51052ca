import { s3 } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadTicket } from '../core/index.ts';
import { s3Uploads } from './s3-uploads.ts';

const BUCKET = 'originals';
let plane: DataPlane;

beforeAll(async () => {
  plane = await enterDataPlane();
  await plane.createBucket(BUCKET);
});
afterAll(() => plane.stop());

async function post(ticket: UploadTicket, change: Record<string, string>, bytes = 'a picture') {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...ticket.fields, ...change }))
    form.set(name, value);
  form.set('file', new Blob([bytes]));
  const answer = await fetch(ticket.url, { method: 'POST', body: form });
  await answer.body?.cancel();
  return answer.status;
}

describe('upload tickets', () => {
  const issue = (imageId: string) =>
    s3Uploads({ client: s3(), bucket: BUCKET }).issue({ imageId, contentType: 'image/png' });

  it('let a browser upload the picture under uploads/', async () => {
    expect(await post(await issue('i1'), {})).toBeLessThan(300);
    const stored = await plane.objectIn(BUCKET, 'uploads/i1');
    expect(stored?.body.toString()).toBe('a picture');
    expect(stored?.headers).toMatchObject({ 'content-type': 'image/png' });
  });

  it('reject another key, another content type, an empty file and too large a file', async () => {
    const ticket = await issue('i2');
    expect(await post(ticket, { key: 'originals/i2' })).toBe(403);
    expect(await post(ticket, { 'Content-Type': 'image/svg+xml' })).toBe(403);
    expect(await post(ticket, {}, '')).toBe(400);
    expect(await post(ticket, {}, 'x'.repeat(15_000_001))).toBe(400);
    expect(await plane.objectIn(BUCKET, 'uploads/i2')).toBeUndefined();
  });

  it('expire after ten minutes', async () => {
    const { fields } = await issue('i3');
    const policy = JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString());
    const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(fields['X-Amz-Date'] ?? '') ?? [];
    const issuedAt = `${day}${time}`.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z');
    expect(Date.parse(policy.expiration) - Date.parse(issuedAt)).toBe(600_000);
  });
});
