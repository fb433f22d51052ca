import { describe, expect, it } from 'vitest';
import { adminApi } from './admin-api.ts';

describe('postForm', () => {
  it('sends the form as bytes in one piece, not as a stream', async () => {
    const sent: RequestInit[] = [];
    const api = adminApi({
      baseUrl: 'http://unused.example',
      adminToken: 'none',
      fetch: async (_url, init = {}) => {
        sent.push(init);
        return new Response(null, { status: 204 });
      },
    });
    const form = new FormData();
    form.set('key', 'uploads/1');
    form.set('file', new Blob([new Uint8Array(100_000)]));
    expect(await api.postForm('http://bucket.example/', form)).toMatchObject({ status: 204 });
    expect(sent[0]?.body).toBeInstanceOf(Uint8Array);
    const received = await new Request('http://bucket.example', sent[0]).formData();
    expect(received.get('key')).toBe('uploads/1');
    expect((received.get('file') as File).size).toBe(100_000);
  });
});
