import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminApi } from './admin-api.ts';

describe('postForm', () => {
  it('outlives a server that answers before the last byte of the form and hangs up', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(204, { connection: 'close' }).end();
      response.socket?.destroySoon();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const api = adminApi({ baseUrl: 'http://unused.example', adminToken: 'none', fetch });
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(4_000_000)]));
    // An answer or a refusal that says so; what must not come is an error that nobody can catch.
    const posted = await api.postForm(`http://127.0.0.1:${port}/`, form).catch((error) => error);
    expect(posted).toSatisfy((got) => got.status === 204 || /got no answer/.test(got.message));
  });
});
