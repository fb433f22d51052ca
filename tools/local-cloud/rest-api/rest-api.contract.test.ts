import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud, invoke } from '../lambda/testing/compute-cloud.ts';
import { type StartedApi, startApi } from './testing/start-api.ts';

const handlers = `
export const http = async (event) => {
  const { path } = event;
  if (path === '/f/fail') throw new Error('no');
  if (path === '/f/strange') return { statusCode: 'odd' };
  if (path === '/f/plain') return { plain: true };
  if (path === '/f/slow') await new Promise((resolve) => setTimeout(resolve, 8000));
  if (path === '/f/binary') {
    const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
    return { statusCode: 201, headers: { 'Content-Type': 'image/png', 'x-one': '1' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2; Path=/'], 'X-One': ['1'] },
      body: bytes.toString('base64'), isBase64Encoded: true };
  }
  if (path === '/f/challenge') return { statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
  return { statusCode: 200, body: JSON.stringify(event) };
};`;

let cloud: ComputeCloud;
let api: StartedApi;
beforeAll(async () => {
  cloud = computeCloud();
  const functionName = await cloud.function('Http', handlers, { Timeout: 30 });
  // The integration's time limit is too short for a cold start on a busy machine.
  await invoke(cloud, functionName, { path: '/f/x' });
  api = await startApi(cloud, { functionName, timeoutMs: 3000 });
});
afterAll(() => cloud.stop());

async function event(path: string, request: Parameters<typeof rawRequest>[2] = {}) {
  const { body } = await rawRequest(api.origin, `/live${path}`, request);
  return JSON.parse(body.toString('utf8'));
}

describe('REST API', () => {
  it('invokes the function with method, query and headers in payload format 1.0', async () => {
    const received = await event('/f/x?a=1%2C2&a=3&b=', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Cookie: 'one=1; two=2',
        'X-Many': ['a', 'b'],
        'User-Agent': 'test',
      },
      body: '{"ü":1}',
    });
    expect(received).toMatchObject({
      resource: '/f/{proxy+}',
      path: '/f/x',
      httpMethod: 'POST',
      queryStringParameters: { a: '3', b: '' },
      multiValueQueryStringParameters: { a: ['1,2', '3'], b: [''] },
      pathParameters: { proxy: 'x' },
      stageVariables: null,
      headers: { 'X-Many': 'b', Cookie: 'one=1; two=2', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'X-Many': ['a', 'b'] },
      requestContext: {
        stage: 'live',
        path: '/live/f/x',
        resourcePath: '/f/{proxy+}',
        identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
      },
    });
    expect(received).not.toHaveProperty('version');
    expect(received.headers).not.toHaveProperty('Connection');
    expect([received.isBase64Encoded, Buffer.from(received.body, 'base64').toString()]).toEqual([
      true,
      '{"ü":1}',
    ]);
  });

  it('passes null for a missing body and a missing query', async () => {
    expect(await event('/f/x')).toMatchObject({
      body: null,
      isBase64Encoded: false,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
    });
  });

  it('appends the client to X-Forwarded-For', async () => {
    const headers = { 'x-forwarded-for': '10.1.2.3' };
    const received = await event('/f/x', { headers });
    expect(received.multiValueHeaders['X-Forwarded-For']).toEqual(['10.1.2.3, 127.0.0.1']);
  });

  it.each(['/f/a%20b', '/f/%2e%2e/x', '/f/a%2Fb', '/f/before%3Fafter=1', '/f/%zz', '/f/x/'])(
    'passes the raw path %s, without the stage',
    async (path) => {
      expect((await event(path)).path).toBe(path);
    },
  );

  it('separates parameters at semicolons as well', async () => {
    expect((await event('/f/x?a=1;b=2')).queryStringParameters).toEqual({ a: '1', b: '2' });
  });

  it('accepts __proto__ and constructor as ordinary names', async () => {
    const received = await event('/f/x?__proto__=a&constructor=b', {
      headers: { constructor: 'c' },
    });
    const own = Object.entries(received.multiValueQueryStringParameters);
    expect(own).toEqual([
      ['__proto__', ['a']],
      ['constructor', ['b']],
    ]);
    expect(received.multiValueHeaders.constructor).toEqual(['c']);
  });

  it('preserves binary bodies both ways, and every cookie', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const request = { method: 'PUT', headers: { 'content-type': 'image/png' }, body: bytes };
    const answer = await rawRequest(api.origin, '/live/f/binary', request);
    expect(answer.status).toBe(201);
    expect(answer.body.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'set-cookie': ['a=1', 'b=2; Path=/'],
      'x-one': '1',
    });
  });

  it('renames WWW-Authenticate', async () => {
    const { status, headers } = await rawRequest(api.origin, '/live/f/challenge');
    expect(status).toBe(401);
    expect(headers['x-amzn-remapped-www-authenticate']).toBe('Bearer');
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  it.each([
    ['/live/f/fail', 502, 'Internal server error'],
    ['/live/f/strange', 502, 'Internal server error'],
    ['/live/f/plain', 502, 'Internal server error'],
    ['/live/f/slow', 504, 'Endpoint request timed out'],
    ['/live/f', 404, 'Not Found'],
    ['/live/other', 404, 'Not Found'],
    ['/live/', 418, 'Nothing here'],
    ['/f/x', 403, 'Forbidden'],
  ])('answers %s with its own %i', async (path, status, message) => {
    const answer = await rawRequest(api.origin, path);
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([status, { message }]);
  });

  it('does not match ANY with a method other than the seven standard ones', async () => {
    const { status } = await rawRequest(api.origin, '/live/f/x', { method: 'PROPFIND' });
    expect(status).toBe(404);
  });

  it("rejects bodies over 10 MB, and over Lambda's limit of 6 MB", async () => {
    for (const size of [10 * 1024 * 1024 + 1, 7 * 1024 * 1024]) {
      const request = { method: 'POST', body: 'x'.repeat(size) };
      expect((await rawRequest(api.origin, '/live/f/x', request)).status).toBe(413);
    }
  });
});
