import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { type ComputeCloud, computeCloud, STACK } from '../lambda/testing/compute-cloud.ts';
import { startTestEndpoint } from '../testing/test-kernel.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { webFunction } from './testing/shown-requests.ts';

const BASE = '/2025-03-07/web-functions';
const ARN = 'arn:aws:lambda:us-east-1:000000000000:web-function/shop';
let cloud: ComputeCloud;
let web: LocalWebFunctions;
let endpoint: Endpoint;
let domain: string;
beforeAll(async () => {
  cloud = computeCloud();
  web = createWebFunctions(cloud.kernel);
  cloud.add(web.providers);
  endpoint = await startTestEndpoint(cloud.kernel, [web.wire]);
  domain = await webFunction(cloud, 'shop', {
    service: { TimeoutSeconds: 7 },
    endpoint: { ScalingConfig: { MaxEnvironments: 3 }, ThrottleConfig: { RateLimit: 200 } },
  });
  await webFunction(cloud, 'other');
});
afterAll(async () => {
  await endpoint.stop();
  await web.stop();
  await cloud.stop();
});

/** A call as botocore 1.44.8 sends it. The SDK for JavaScript has no client. */
async function call(method: string, path: string, body?: object) {
  const credential = 'AWS4-HMAC-SHA256 Credential=local/20261201/us-east-1/lambda/aws4_request';
  const response = await fetch(`http://127.0.0.1:${endpoint.port}${BASE}${path}`, {
    method,
    headers: { authorization: credential },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), answer };
}

describe('the control plane', () => {
  it('lists functions in pages', async () => {
    const first = await call('POST', '', { maxResults: 1 });
    expect(first.answer.functions).toEqual([expect.objectContaining({ functionName: 'other' })]);
    const { nextToken } = first.answer;
    const second = await call('POST', '', { maxResults: 1, nextToken });
    expect(second.answer).toEqual({
      functions: [expect.objectContaining({ functionArn: ARN, state: 'Active' })],
    });
  });

  it('reads a function by its name or ARN', async () => {
    const byName = await call('GET', '/shop');
    expect(byName).toMatchObject({ status: 200, answer: { functionName: 'shop' } });
    expect(await call('GET', `/${encodeURIComponent(ARN)}`)).toEqual(byName);
  });

  it('describes a revision with the members of the API', async () => {
    const { answer } = await call('POST', '/shop/list-revisions', {});
    const [revision] = answer.revisions as { revisionId: string }[];
    const read = await call('GET', `/shop/revisions/${revision?.revisionId}`);
    expect(read.answer).toMatchObject({
      ...{ functionArn: ARN, revisionArn: `${ARN}/revision/${revision?.revisionId}` },
      buildConfig: { runtimeConfig: { runtime: 'nodejs24.x' } },
      serviceConfig: { timeoutSeconds: 7, environmentVariables: { OWN: 'value' } },
    });
  });

  it('describes an endpoint', async () => {
    const listed = await call('POST', '/shop/list-endpoints', {});
    const { status, answer } = await call('GET', '/shop/endpoints/prod');
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      endpointArn: `${ARN}/endpoint/prod`,
      ...{ domainName: domain, endpointType: 'HomeRegion', authType: 'ApplicationManaged' },
      revisionWeights: [{ revisionId: expect.any(String), weight: 100 }],
      ...{ scalingConfig: { maxEnvironments: 3 }, throttleConfig: { rateLimit: 200 } },
      regionalEndpoints: { 'us-east-1': { domainName: domain } },
    });
    const { functionArn: _, regionalEndpoints: __, ...summary } = answer;
    expect(listed.answer).toEqual({ endpoints: [summary] });
  });

  it('shows the new revision of a function whose code has changed', async () => {
    const revisionOf = async () => {
      const { answer } = await call('GET', '/shop/endpoints/prod');
      return answer.revisionWeights as object[];
    };
    const before = await revisionOf();
    web.restart(STACK);
    const after = await revisionOf();
    expect(after).not.toEqual(before);
    const { answer } = await call('POST', '/shop/list-revisions', {});
    expect(answer.revisions).toEqual([
      expect.objectContaining({ revisionId: (after as [{ revisionId: string }])[0].revisionId }),
    ]);
  });

  it.each([
    ['GET', '/unknown', undefined, 404, 'ResourceNotFoundException'],
    ['GET', '/shop/endpoints/unknown', undefined, 404, 'ResourceNotFoundException'],
    ['GET', '/shop/revisions/unknown', undefined, 404, 'ResourceNotFoundException'],
    ['POST', '', { filters: [] }, 400, 'ValidationException'],
    ['POST', '', { maxResults: 51 }, 400, 'ValidationException'],
    ['POST', '', { nextToken: 'x' }, 400, 'ValidationException'],
    ['DELETE', '/shop', undefined, 404, 'UnknownOperationException'],
  ])('rejects %s %s with %j', async (method, path, body, status, type) => {
    expect(await call(method, path, body)).toMatchObject({ status, type });
  });
});
