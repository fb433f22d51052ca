import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud, eventually } from './testing/compute-cloud.ts';

let cloud: ComputeCloud;
beforeAll(() => {
  cloud = computeCloud();
});
afterAll(() => cloud.stop());

const echo = `export const http = async (event) => {
  if (event.fail || event.rawPath === '/fail') throw new Error('no');
  console.log('ran', JSON.stringify(event).slice(0, 100));
  return event;
};`;

describe('function URL', () => {
  let url: string;
  beforeAll(async () => {
    const TargetFunctionArn = await cloud.function('Url', echo);
    const properties = { TargetFunctionArn, AuthType: 'NONE' };
    const created = await cloud.create('AWS::Lambda::Url', 'UrlUrl', properties);
    url = String(created.attributes?.FunctionUrl);
  });

  it('passes the path on without decoding it', async () => {
    const { body } = await rawRequest(url, '/a%2Fb/%2e%2e/c%3Fd?e=%20');
    expect(JSON.parse(body.toString())).toMatchObject({
      rawPath: '/a%2Fb/%2e%2e/c%3Fd',
      rawQueryString: 'e=%20',
      requestContext: { accountId: 'anonymous', http: { sourceIp: '127.0.0.1' } },
    });
  });

  it('answers 502 when the function fails, and 413 when the body is too large', async () => {
    expect((await rawRequest(url, '/fail')).status).toBe(502);
    const body = 'x'.repeat(6 * 1024 * 1024 + 1);
    expect((await rawRequest(url, '/', { method: 'POST', body })).status).toBe(413);
  });
});

describe('Invoke', () => {
  const call = (name: string, headers: Record<string, string>, body = '{}') =>
    cloud.lambda.wire.handle({
      method: 'POST',
      path: `/2015-03-31/functions/${name}/invocations`,
      query: new URLSearchParams(),
      headers,
      body: Buffer.from(body),
    });

  it('returns the result of a function found by name or ARN', async () => {
    const name = await cloud.function('Invoked', echo);
    const arn = cloud.kernel.arn('lambda', `function:${name}`);
    for (const reference of [name, encodeURIComponent(arn)]) {
      const { status, headers, body } = await call(reference, {}, '{"a":1}');
      expect([status, String(body)]).toEqual([200, '{"a":1}']);
      expect(headers).not.toHaveProperty('x-amz-function-error');
    }
    const failed = await call(name, {}, '{"fail":true}');
    expect(failed.headers?.['x-amz-function-error']).toBe('Unhandled');
  });

  it('accepts an event without waiting, and retries when the function fails', async () => {
    const name = await cloud.function('Later', echo);
    const { status } = await call(name, { 'x-amz-invocation-type': 'Event' }, '{"b":2}');
    expect(status).toBe(202);
    const texts = (): string[] =>
      cloud.logs.filter(({ source }) => source === 'Later').map(({ text }) => text);
    await eventually(() => texts().includes('ran {"b":2}'));
    await call(name, { 'x-amz-invocation-type': 'Event' }, '{"fail":true}');
    await eventually(() =>
      texts().some((text) => text.startsWith('asynchronous invocation failed after all retries')),
    );
    expect(texts().filter((text) => text.startsWith('ERROR\tInvoke Error'))).toHaveLength(3);
  });

  it('answers ResourceNotFoundException for an unknown function', async () => {
    const { status, headers } = await call('none', {});
    expect([status, headers?.['x-amzn-errortype']]).toEqual([404, 'ResourceNotFoundException']);
  });
});
