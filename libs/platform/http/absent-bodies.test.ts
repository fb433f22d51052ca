import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpFunction } from '../lambda/http-function.ts';
import { captureLog } from '../testing/captured-log.ts';
import { payloadV1, payloadV2 } from '../testing/lambda-events.ts';
import { shopApp } from '../testing/shop-app.ts';
import type { HttpPlugin } from './index.ts';

const routes: HttpPlugin = async (scope) => {
  scope.delete('/catalog/things/:id', async (_request, reply) => reply.code(204).send());
  scope.post('/catalog/things/:id/close', async ({ body }) => ({ body: body ?? null }));
  const body = Type.Object({ name: Type.String() });
  scope.post('/catalog/things', { schema: { body } }, async () => ({}));
};

let app: FastifyInstance;
let port: number;
beforeEach(async () => {
  captureLog('fatal');
  app = await shopApp(routes);
  await app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = app.server.address() as AddressInfo);
});
afterEach(() => app.close());

/** Sends exactly these headers and body, because HTTP clients add some of their own. */
async function statusOf(request: string, headers: readonly string[], body = ''): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  const lines = [`${request} HTTP/1.1`, 'host: a', 'connection: close', ...headers, '', body];
  socket.end(lines.join('\r\n'));
  return Number((await text(socket)).split(' ')[1]);
}

const types = [
  'application/json',
  'Application/JSON; charset="utf-8"',
  'application/merge-patch+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '*/*',
  'json',
  'application/',
  'application/json/x; charset=utf-8',
  '',
];

describe.each(['DELETE /catalog/things/1', 'POST /catalog/things/1/close'])('%s', (request) => {
  const accepted = request.startsWith('DELETE') ? 204 : 200;

  it('needs no body and no headers', async () => {
    expect(await statusOf(request, [])).toBe(accepted);
    expect(await statusOf(request, ['content-length: 0'])).toBe(accepted);
  });

  it.each(types)('accepts an absent body of type %j', async (type) => {
    const header = `content-type: ${type}`;
    expect(await statusOf(request, [header])).toBe(accepted);
    expect(await statusOf(request, [header, 'content-length: 0'])).toBe(accepted);
  });

  it.each(types)('accepts an empty chunked body of type %j', async (type) => {
    const headers = [`content-type: ${type}`, 'transfer-encoding: chunked'];
    expect(await statusOf(request, headers, '0\r\n\r\n')).toBe(accepted);
  });

  it('accepts an empty chunked body without a type', async () => {
    expect(await statusOf(request, ['transfer-encoding: chunked'], '0\r\n\r\n')).toBe(accepted);
  });

  it('still rejects a body that is not JSON', async () => {
    const headers = ['content-type: text/plain', 'content-length: 1'];
    expect(await statusOf(request, headers, 'x')).toBe(415);
    const malformed = ['content-type: application/json', 'content-length: 1'];
    expect(await statusOf(request, malformed, '{')).toBe(400);
    for (const framing of ['content-length: 2', 'transfer-encoding: chunked']) {
      const sent = framing.startsWith('content') ? '{}' : '2\r\n{}\r\n0\r\n\r\n';
      expect(await statusOf(request, ['content-type: json', framing], sent)).toBe(415);
    }
  });

  it.each(types)('accepts an absent body of type %j from a gateway', async (type) => {
    const handle = await httpFunction(() => shopApp(routes));
    const [method, path] = request.split(' ') as [string, string];
    const event = { method, path, headers: { 'content-type': type } };
    expect((await handle(payloadV2(event))).statusCode).toBe(accepted);
    expect((await handle(payloadV1(event))).statusCode).toBe(accepted);
  });
});

describe('POST /catalog/things', () => {
  it('needs a body', async () => {
    const json = 'content-type: application/json';
    expect(await statusOf('POST /catalog/things', [])).toBe(400);
    expect(await statusOf('POST /catalog/things', [json, 'content-length: 0'])).toBe(400);
    const text = ['content-type: text/plain', 'content-length: 0'];
    expect(await statusOf('POST /catalog/things', text)).toBe(415);
  });

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json;charset=UTF-8',
    'application/json ; charset="utf-8"',
    'application/json; charset=utf-8; x=y',
    'application/merge-patch+json',
    'application/vnd.shop.v1+json; charset=utf-8',
  ])('accepts JSON as %s', async (type) => {
    const payload = '{"name":"a"}';
    const headers = [`content-type: ${type}`, `content-length: ${payload.length}`];
    expect(await statusOf('POST /catalog/things', headers, payload)).toBe(200);
  });

  it.each(['application/jsonx', 'text/json', 'application/json+x', 'application/xml+jsonp'])(
    'rejects %s',
    async (type) => {
      const headers = [`content-type: ${type}`, 'content-length: 2'];
      expect(await statusOf('POST /catalog/things', headers, '{}')).toBe(415);
    },
  );
});
