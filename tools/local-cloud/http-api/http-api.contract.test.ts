import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud, invoke } from '../lambda/testing/compute-cloud.ts';
import { createHttpApi } from './index.ts';
import { rawRequest } from './testing/raw-request.ts';

const handlers = `
export const http = async (event) => {
  if (event.rawPath === '/f/fail') throw new Error('no');
  if (event.rawPath === '/f/strange') return { statusCode: 'odd' };
  if (event.rawPath === '/f/plain') return { plain: true };
  if (event.rawPath === '/f/slow') await new Promise((resolve) => setTimeout(resolve, 8000));
  if (event.rawPath === '/f/binary') {
    const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
    return { statusCode: 201, headers: { 'Content-Type': 'image/png' },
      cookies: ['a=1', 'b=2; Path=/'], body: bytes.toString('base64'), isBase64Encoded: true };
  }
  const headers = { 'content-type': 'application/json' };
  return { statusCode: 200, headers, body: JSON.stringify(event) };
};`;

let cloud: ComputeCloud;
let origin: string;
beforeAll(async () => {
  cloud = computeCloud();
  cloud.add(createHttpApi(cloud.kernel).providers);
  const name = await cloud.function('Http', handlers, { Timeout: 30 });
  // The integration's time limit is too short for a cold start on a busy machine.
  await invoke(cloud, name, { rawPath: '/f/x' });
  const api = await cloud.create('AWS::ApiGatewayV2::Api', 'Api', { ProtocolType: 'HTTP' });
  const ApiId = api.physicalId;
  await cloud.create('AWS::ApiGatewayV2::Stage', 'Stage', { ApiId, StageName: '$default' });
  const integration = await cloud.create('AWS::ApiGatewayV2::Integration', 'Integration', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: cloud.kernel.arn('lambda', `function:${name}`),
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: 3000,
  });
  const aliased = await cloud.create('AWS::ApiGatewayV2::Integration', 'Aliased', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: cloud.kernel.arn('lambda', `function:${name}:live`),
    PayloadFormatVersion: '2.0',
  });
  await cloud.create('AWS::ApiGatewayV2::Route', 'AliasedRoute', {
    ApiId,
    RouteKey: 'GET /aliased',
    Target: `integrations/${aliased.physicalId}`,
  });
  await cloud.create('AWS::ApiGatewayV2::Route', 'Route', {
    ApiId,
    RouteKey: 'ANY /f/{proxy+}',
    Target: `integrations/${integration.physicalId}`,
  });
  origin = String(api.attributes?.ApiEndpoint);
});
afterAll(() => cloud.stop());

async function event(path: string, request: Parameters<typeof rawRequest>[2] = {}) {
  const { body } = await rawRequest(origin, path, request);
  return JSON.parse(body.toString('utf8'));
}

describe('HTTP API', () => {
  it('does not invoke a function for an alias that does not exist', async () => {
    expect((await rawRequest(origin, '/aliased')).status).toBe(500);
  });

  it('invokes the function with method, query, headers and cookies in format 2.0', async () => {
    const received = await event('/f/x?a=1%2C2&a=3&b=', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: 'one=1; two=2',
        'x-many': ['a', 'b'],
        'user-agent': 'test',
      },
      body: '{"ü":1}',
    });
    expect(received).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /f/{proxy+}',
      rawPath: '/f/x',
      rawQueryString: 'a=1%2C2&a=3&b=',
      queryStringParameters: { a: '1,2,3', b: '' },
      pathParameters: { proxy: 'x' },
      cookies: ['one=1', 'two=2'],
      headers: { 'x-many': 'a,b' },
      body: '{"ü":1}',
      isBase64Encoded: false,
      requestContext: {
        stage: '$default',
        http: { method: 'POST', path: '/f/x', sourceIp: '127.0.0.1', userAgent: 'test' },
      },
    });
    expect(received.headers).not.toHaveProperty('cookie');
  });

  it('appends the client to X-Forwarded-For', async () => {
    const headers = { 'x-forwarded-for': '10.1.2.3' };
    expect((await event('/f/x', { headers })).headers['x-forwarded-for']).toBe(
      '10.1.2.3, 127.0.0.1',
    );
  });

  it.each([
    ['/f/a%20b', '/f/a b'],
    ['/f/%2e%2e/x', '/f/../x'],
    ['/f/a%2Fb', '/f/a/b'],
    ['/f/before%3Fafter=1', '/f/before'],
  ])('decodes the path %s to %s', async (sent, received) => {
    expect((await event(sent)).rawPath).toBe(received);
  });

  it('rejects a malformed escape', async () => {
    expect((await rawRequest(origin, '/f/%zz')).status).toBe(400);
  });

  it('preserves binary bodies both ways, and every cookie', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const headers = { 'content-type': 'image/png' };
    const answer = await rawRequest(origin, '/f/binary', { method: 'PUT', headers, body: bytes });
    expect(answer.status).toBe(201);
    expect(answer.body.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'set-cookie': ['a=1', 'b=2; Path=/'],
    });
  });

  it('sends a result without statusCode as the body', async () => {
    const answer = await rawRequest(origin, '/f/plain');
    expect([answer.status, answer.body.toString()]).toEqual([200, '{"plain":true}']);
  });

  it.each([
    ['/f/fail', 500, 'Internal Server Error'],
    ['/f/strange', 500, 'Internal Server Error'],
    ['/f/slow', 503, 'Service Unavailable'],
    ['/other', 404, 'Not Found'],
  ])('answers %s with its own %i', async (path, status, message) => {
    const answer = await rawRequest(origin, path);
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([status, { message }]);
  });

  it("rejects bodies over 10 MB, and over Lambda's limit of 6 MB", async () => {
    for (const size of [10 * 1024 * 1024 + 1, 7 * 1024 * 1024]) {
      const answer = await rawRequest(origin, '/f/x', { method: 'POST', body: 'x'.repeat(size) });
      expect(answer.status).toBe(413);
    }
  });

  it('throttles by the limits of the stage', async () => {
    const api = await cloud.create('AWS::ApiGatewayV2::Api', 'Small', { ProtocolType: 'HTTP' });
    await cloud.create('AWS::ApiGatewayV2::Stage', 'SmallStage', {
      ApiId: api.physicalId,
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.001 },
    });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await rawRequest(String(api.attributes?.ApiEndpoint), '/')).status);
    }
    expect(statuses).toEqual([404, 404, 429]);
  });
});
