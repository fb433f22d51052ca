import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud } from '../lambda/testing/compute-cloud.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { seenBy, webFunction } from './testing/shown-requests.ts';

let cloud: ComputeCloud;
let web: LocalWebFunctions;
beforeEach(() => {
  cloud = computeCloud();
  web = createWebFunctions(cloud.kernel);
  cloud.add(web.providers);
});
afterEach(async () => {
  await web.stop();
  await cloud.stop();
});

describe('a request to an endpoint', () => {
  const raw = (domain: string, lines: readonly string[]) => {
    const [host, port] = domain.split(':');
    const socket = connect({ host, port: Number(port) });
    socket.end(`${lines.join('\r\n')}\r\n\r\n`);
    return text(socket);
  };

  it('loses the headers that Lambda removes and gets its own', async () => {
    const domain = await webFunction(cloud, 'shop');
    const answer = await fetch(`http://${domain}/`, {
      headers: {
        'x-forwarded-for': '192.0.2.1',
        'x-real-ip': '192.0.2.2',
        'x-http-method-override': 'DELETE',
        'lambda-web-request-id': 'chosen',
        authorization: 'Bearer token',
        te: 'trailers',
      },
    });
    const { headers } = await seenBy(answer);
    expect(headers).toMatchObject({
      host: domain,
      'x-forwarded-for': '192.0.2.1, 127.0.0.1',
      'lambda-web-endpoint-name': 'prod',
      authorization: 'Bearer token',
    });
    expect(headers['lambda-web-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    for (const removed of ['x-real-ip', 'x-http-method-override', 'te']) {
      expect(headers).not.toHaveProperty(removed);
    }
    expect(answer.headers.get('lambda-web-request-id')).toBe(headers['lambda-web-request-id']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['HTTP/1.0', ['GET / HTTP/1.0', 'Host: DOMAIN'], 505],
    ['an unsupported method', ['PURGE / HTTP/1.1', 'Host: DOMAIN', 'Connection: close'], 400],
    ['another Host', ['GET / HTTP/1.1', 'Host: shop.example', 'Connection: close'], 404],
    ['no Host', ['GET / HTTP/1.1', 'Connection: close'], 400],
    [
      'Expect',
      [
        'POST / HTTP/1.1',
        'Host: DOMAIN',
        'Expect: 100-continue',
        'Content-Length: 0',
        'Connection: close',
      ],
      417,
    ],
  ])('is rejected with %s', async (_, lines, status) => {
    const domain = await webFunction(cloud, 'shop');
    const answer = await raw(
      domain,
      lines.map((line) => line.replace('DOMAIN', domain)),
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(web.processes()).toEqual([]);
  });

  it('is a plain GET when it asks for a WebSocket', async () => {
    const domain = await webFunction(cloud, 'shop');
    const [host, port] = domain.split(':');
    const headers = await new Promise<Record<string, string>>((resolve, reject) => {
      const sent = httpRequest({
        host,
        port,
        headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
      });
      sent.once('response', (answer) => {
        text(answer).then((body) => resolve(JSON.parse(body).headers), reject);
      });
      sent.once('error', reject);
      sent.end();
    });
    expect(headers).not.toHaveProperty('upgrade');
  });

  it('gets a response that streams', async () => {
    const domain = await webFunction(cloud, 'shop');
    const answer = await fetch(`http://${domain}/stream`);
    const reader = answer.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toBe('first');
    await reader?.cancel();
  });
});
