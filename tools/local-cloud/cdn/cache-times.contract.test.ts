import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud } from '../lambda/testing/compute-cloud.ts';
import { createCdn } from './index.ts';

let cloud: ComputeCloud;
let origin: Server;
let answer: { status: number; headers: Record<string, string>; body: string };
let received: IncomingHttpHeaders[];
let nowS: number;
let count = 0;

beforeAll(async () => {
  cloud = computeCloud();
  cloud.add(createCdn(cloud.kernel, () => nowS * 1000).providers);
  origin = createServer((request, response) => {
    received.push(request.headers);
    const { etag } = answer.headers;
    const unchanged = etag !== undefined && request.headers['if-none-match'] === etag;
    response.writeHead(unchanged ? 304 : answer.status, answer.headers);
    response.end(unchanged ? '' : answer.body);
  });
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  received = [];
  nowS = 1_000_000;
});
afterAll(async () => {
  await cloud.stop();
  origin.close().closeAllConnections();
});

/** Creates a CDN with these TTLs in seconds. Returns a function that sends it a request. */
async function cdn(MinTTL: number, DefaultTTL: number, MaxTTL: number, more: object = {}) {
  count += 1;
  const policy = await cloud.create('AWS::CloudFront::CachePolicy', `Policy${count}`, {
    CachePolicyConfig: { Name: `p${count}`, MinTTL, DefaultTTL, MaxTTL },
  });
  const { port } = origin.address() as AddressInfo;
  const distribution = await cloud.create('AWS::CloudFront::Distribution', `Cdn${count}`, {
    DistributionConfig: {
      Enabled: true,
      Origins: [{ Id: 'api', DomainName: `127.0.0.1:${port}` }],
      DefaultCacheBehavior: { TargetOriginId: 'api', CachePolicyId: policy.physicalId },
      ...more,
    },
  });
  const url = `http://${distribution.attributes?.DomainName}`;
  return async () => {
    const { status, headers, body } = await rawRequest(url, '/thing');
    const outcome = String(headers['x-cache']).split(' ')[0];
    return { status, outcome, body: body.toString(), age: headers.age };
  };
}

/** Returns how many seconds a response with this Cache-Control is served from the cache. */
async function keptFor(control: string | undefined, ...ttls: [number, number, number]) {
  answer = { status: 200, headers: control ? { 'cache-control': control } : {}, body: 'x' };
  const ask = await cdn(...ttls);
  await ask();
  const isHitAt = async (seconds: number) => {
    nowS = 1_000_000 + seconds;
    return (await ask()).outcome === 'Hit';
  };
  let seconds = 0;
  while (seconds < 100 && (await isHitAt(seconds))) seconds += 5;
  return seconds;
}

describe('times of the CDN cache', () => {
  it.each([
    ['max-age=20', 20],
    ['max-age=20, s-maxage=40', 40],
    ['max-age=9999', 60],
    [undefined, 30],
    ['no-store', 0],
    ['no-cache', 0],
    ['private, max-age=20', 0],
    ['max-age=0', 0],
  ])('without a minimum TTL, caches %s for %i s', async (control, seconds) => {
    expect(await keptFor(control, 0, 30, 60)).toBe(seconds);
  });

  it.each([
    ['max-age=5', 10],
    ['no-store', 10],
    ['max-age=20', 20],
  ])('with a minimum TTL of 10 s, caches %s for %i s', async (control, seconds) => {
    expect(await keptFor(control, 10, 30, 60)).toBe(seconds);
  });

  it('renews an expired response when the origin answers 304', async () => {
    answer = { status: 200, headers: { etag: '"1"', 'cache-control': 'max-age=20' }, body: 'one' };
    const ask = await cdn(0, 0, 60);
    await ask();
    nowS += 20;
    expect(await ask()).toMatchObject({ status: 200, outcome: 'RefreshHit', body: 'one' });
    expect(received.map((headers) => headers['if-none-match'])).toEqual([undefined, '"1"']);
    nowS += 19;
    expect(await ask()).toMatchObject({ outcome: 'Hit', age: '19' });
    answer = { ...answer, headers: { etag: '"2"' }, body: 'two' };
    nowS += 1;
    expect(await ask()).toMatchObject({ outcome: 'Miss', body: 'two' });
  });

  it('revalidates a no-cache response by its ETag, but never a no-store response', async () => {
    answer = { status: 200, headers: { etag: '"1"', 'cache-control': 'no-cache' }, body: 'one' };
    const ask = await cdn(0, 30, 60);
    const outcomes = [await ask(), await ask()].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['Miss', 'RefreshHit']);
    answer = { ...answer, headers: { etag: '"1"', 'cache-control': 'no-store' } };
    const secret = await cdn(0, 30, 60);
    const secretOutcomes = [await secret(), await secret()].map(({ outcome }) => outcome);
    expect(secretOutcomes).toEqual(['Miss', 'Miss']);
    expect(received.at(-1)).not.toHaveProperty('if-none-match');
  });

  it('caches an error for ten seconds', async () => {
    answer = { status: 404, headers: {}, body: 'none' };
    const ask = await cdn(0, 30, 60);
    await ask();
    answer = { status: 200, headers: {}, body: 'there' };
    nowS += 9;
    expect((await ask()).status).toBe(404);
    nowS += 1;
    expect((await ask()).status).toBe(200);
  });

  it('caches no error whose error caching minimum TTL is zero', async () => {
    const CustomErrorResponses = [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }];
    answer = { status: 404, headers: {}, body: 'none' };
    const ask = await cdn(0, 30, 60, { CustomErrorResponses });
    expect((await ask()).status).toBe(404);
    answer = { status: 200, headers: {}, body: 'there' };
    expect((await ask()).status).toBe(200);
  });

  it('rejects error pages, and statuses that CloudFront rejects', async () => {
    const page = { ErrorCode: 404, ResponsePagePath: '/404.html' };
    await expect(cdn(0, 30, 60, { CustomErrorResponses: [page] })).rejects.toThrow(
      'ResponsePagePath',
    );
    const teapot = { ErrorCode: 418, ErrorCachingMinTTL: 0 };
    await expect(cdn(0, 30, 60, { CustomErrorResponses: [teapot] })).rejects.toThrow('418');
  });

  it('serves an expired response while the origin fails, and asks again after the error TTL', async () => {
    answer = { status: 200, headers: { 'cache-control': 'max-age=20' }, body: 'old' };
    const ask = await cdn(0, 30, 60);
    await ask();
    nowS += 20;
    answer = { status: 503, headers: {}, body: 'busy' };
    expect(await ask()).toMatchObject({ status: 200, body: 'old' });
    answer = { status: 200, headers: {}, body: 'new' };
    nowS += 9;
    expect(await ask()).toMatchObject({ status: 200, body: 'old' });
    nowS += 1;
    expect(await ask()).toMatchObject({ status: 200, body: 'new' });
  });

  it('shows an error instead of an expired response that must be revalidated', async () => {
    const headers = { etag: '"1"', 'cache-control': 'max-age=20, must-revalidate' };
    answer = { status: 200, headers, body: 'old' };
    const ask = await cdn(0, 30, 60);
    await ask();
    nowS += 20;
    answer = { status: 503, headers: {}, body: 'busy' };
    expect((await ask()).status).toBe(503);
  });
});
