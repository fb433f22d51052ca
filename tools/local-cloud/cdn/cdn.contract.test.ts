import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud } from '../lambda/testing/compute-cloud.ts';
import { createCdn } from './index.ts';
import { images, onRequest, onResponse } from './testing/edge-scripts.ts';

const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const CF = 'AWS::CloudFront';
const objects = new Map<string, string>();
/** Requests that the origin server has received. */
const seen: { url: string; headers: Record<string, unknown>; body: string }[] = [];

let cloud: ComputeCloud;
let api: Server;
let origin: string;

beforeAll(async () => {
  cloud = computeCloud({
    s3: {
      get(bucket, key) {
        const body = bucket === 'renditions' ? objects.get(key) : undefined;
        return body === undefined ? undefined : { body: Buffer.from(body), headers: {} };
      },
    },
  });
  cloud.add(createCdn(cloud.kernel).providers);
  api = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ url: request.url ?? '', headers: request.headers, body });
    response.writeHead(request.url === '/teapot' ? 418 : 200, { 'cache-control': 'max-age=60' });
    response.end('api');
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const name = await cloud.function('Images', images);
  const url = await cloud.create('AWS::Lambda::Url', 'Url', {
    TargetFunctionArn: name,
    AuthType: 'AWS_IAM',
  });
  origin = await distribution(String(url.attributes?.FunctionUrl));
});
afterAll(async () => {
  await cloud.stop();
  api.close().closeAllConnections();
});

async function distribution(functionUrl: string): Promise<string> {
  const functionArn = async (name: string, FunctionCode: string): Promise<string> => {
    const FunctionConfig = { Runtime: 'cloudfront-js-2.0', Comment: name };
    const properties = { Name: name, FunctionCode, FunctionConfig };
    return (await cloud.create(`${CF}::Function`, name, properties)).physicalId;
  };
  const cache = await cloud.create(`${CF}::CachePolicy`, 'Cache', {
    CachePolicyConfig: { Name: 'c', MinTTL: 0, DefaultTTL: 60, MaxTTL: 3600 },
  });
  const headers = await cloud.create(`${CF}::ResponseHeadersPolicy`, 'Headers', {
    ResponseHeadersPolicyConfig: {
      Name: 'h',
      CorsConfig: {
        AccessControlAllowOrigins: { Items: ['*'] },
        AccessControlAllowCredentials: false,
        OriginOverride: false,
      },
      SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
      CustomHeadersConfig: { Items: [{ Header: 'X-Own', Value: 'yes', Override: true }] },
    },
  });
  const control = await cloud.create(`${CF}::OriginAccessControl`, 'Control', {
    OriginAccessControlConfig: { Name: 'o', SigningBehavior: 'always', SigningProtocol: 'sigv4' },
  });
  const created = await cloud.create(`${CF}::Distribution`, 'Cdn', {
    DistributionConfig: {
      Enabled: true,
      Origins: [
        { Id: 'api', DomainName: `127.0.0.1:${(api.address() as AddressInfo).port}` },
        { Id: 's3', DomainName: 'renditions.s3.us-east-1.amazonaws.com', S3OriginConfig: {} },
        {
          Id: 'url',
          DomainName: functionUrl.split('/')[2],
          OriginAccessControlId: control.physicalId,
        },
      ],
      OriginGroups: {
        Items: [
          {
            Id: 'group',
            FailoverCriteria: { StatusCodes: { Items: [403, 404], Quantity: 2 } },
            Members: { Items: [{ OriginId: 's3' }, { OriginId: 'url' }], Quantity: 2 },
          },
        ],
      },
      CacheBehaviors: [
        {
          PathPattern: '/images/*/w*',
          TargetOriginId: 'group',
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
          CachePolicyId: cache.physicalId,
          ResponseHeadersPolicyId: headers.physicalId,
          FunctionAssociations: [
            { EventType: 'viewer-request', FunctionARN: await functionArn('on-req', onRequest) },
            { EventType: 'viewer-response', FunctionARN: await functionArn('on-res', onResponse) },
          ],
        },
      ],
      DefaultCacheBehavior: {
        TargetOriginId: 'api',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        CachePolicyId: DISABLED,
        OriginRequestPolicyId: ALL_VIEWER,
        ViewerProtocolPolicy: 'allow-all',
      },
    },
  });
  return `http://${created.attributes?.DomainName}`;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  rawRequest(origin, path, { headers });

describe('CDN', () => {
  it('passes requests on complete and uncached when caching is disabled', async () => {
    const headers = { 'x-forwarded-for': '10.0.0.1', host: 'shop.example', cookie: 'a=1' };
    const options = { method: 'POST', headers, body: 'hello' };
    const answer = await rawRequest(origin, '/auth/%2e%2e/a?b=1%2C', options);
    expect([answer.status, answer.headers['x-cache']]).toEqual([200, 'Miss from cloudfront']);
    await get('/auth/x');
    await get('/auth/x');
    expect(seen).toHaveLength(3);
    expect(seen[0]).toMatchObject({
      url: '/auth/%2e%2e/a?b=1%2C',
      body: 'hello',
      headers: { ...headers, 'x-forwarded-for': '10.0.0.1, 127.0.0.1' },
    });
    expect((await get('/teapot')).headers['x-cache']).toBe('Error from cloudfront');
  });

  it('serves an object from the bucket, and a miss from the second origin', async () => {
    objects.set('images/stored/w320.webp', 'from the bucket');
    const stored = await get('/images/stored/w320.webp');
    expect(stored.body.toString()).toBe('from the bucket');
    const rendered = await get('/images/new/w320.webp');
    expect(JSON.parse(rendered.body.toString())).toMatchObject({
      path: '/images/new/w320.webp',
      agent: 'Amazon CloudFront',
    });
  });

  it('serves a response from the cache during its lifetime, with X-Cache and Age', async () => {
    const first = await get('/images/kept/w320.webp');
    const second = await get('/images/kept/w320.webp?other=query');
    expect(second.body.equals(first.body)).toBe(true);
    expect(first.headers['x-cache']).toBe('Miss from cloudfront');
    expect(second.headers).toMatchObject({
      'x-cache': 'Hit from cloudfront',
      age: expect.stringMatching(/^\d+$/),
    });
    const known = await get('/images/kept/w320.webp', { 'if-none-match': 'W/"v1"' });
    expect([known.status, known.body.length]).toEqual([304, 0]);
  });

  it('does not cache a no-store response', async () => {
    const bodies = [await get('/images/once/w320.webp'), await get('/images/once/w320.webp')];
    expect(bodies.map(({ headers }) => headers['x-cache'])).toEqual(
      Array(2).fill('Miss from cloudfront'),
    );
  });

  it('sends the origin every request whose response caches must not keep', async () => {
    const paths = Array(3).fill('/images/once-each/w320.webp');
    const bodies = await Promise.all(paths.map((path) => get(path)));
    expect(new Set(bodies.map(({ body }) => body.toString())).size).toBe(3);
  });

  it('sends the origin one request for concurrent viewer requests with the same key', async () => {
    const paths = Array(5).fill('/images/crowd/w320.webp');
    const bodies = await Promise.all(paths.map((path) => get(path)));
    expect(new Set(bodies.map(({ body }) => body.toString())).size).toBe(1);
  });

  it('runs the viewer-request function before the cache and viewer-response after it', async () => {
    const webp = await get('/images/f/w320.auto', { accept: 'image/webp' });
    const jpeg = await get('/images/f/w320.auto');
    const path = ({ body }: { body: Buffer }): string => JSON.parse(body.toString()).path;
    expect([path(webp), path(jpeg)]).toEqual(['/images/f/w320.webp', '/images/f/w320.jpeg']);
    expect(webp.headers.vary).toBe('Accept');
    const refused = await get('/images/refuse/w320.auto');
    expect([refused.status, refused.headers['x-from'], refused.body.toString()]).toEqual([
      400,
      'edge',
      'refused',
    ]);
  });

  it('adds the headers of its policy, and CORS only for requests with an Origin', async () => {
    const plain = await get('/images/h/w320.webp');
    const crossing = await get('/images/h/w320.webp', { origin: 'http://elsewhere' });
    expect(plain.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-own': 'yes' });
    expect(plain.headers).not.toHaveProperty('access-control-allow-origin');
    expect(crossing.headers['access-control-allow-origin']).toBe('*');
  });

  it('sends an OPTIONS request to the viewer-request function, whose CORS headers take precedence', async () => {
    const headers = { origin: 'http://elsewhere', 'access-control-request-method': 'GET' };
    const answer = await rawRequest(origin, '/images/o/w320.webp', { method: 'OPTIONS', headers });
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
    expect(answer.headers['access-control-allow-methods']).toBe('GET');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('does not run the viewer-response function for errors of the origin', async () => {
    const answer = await get('/images/missing/w320.webp');
    expect([answer.status, answer.headers.vary]).toEqual([404, undefined]);
    expect(answer.headers['x-cache']).toBe('Error from cloudfront');
  });

  it('rejects methods that a behaviour does not allow', async () => {
    const answer = await rawRequest(origin, '/images/x/w320.webp', { method: 'DELETE' });
    expect(answer.status).toBe(403);
  });

  it('is the only client that can call a function URL with AWS_IAM', async () => {
    const name = await cloud.function('Private', `export const http = async () => 'in';`);
    const properties = { TargetFunctionArn: name, AuthType: 'AWS_IAM' };
    const url = await cloud.create('AWS::Lambda::Url', 'PrivateUrl', properties);
    expect((await rawRequest(String(url.attributes?.FunctionUrl), '/x')).status).toBe(403);
  });
});
