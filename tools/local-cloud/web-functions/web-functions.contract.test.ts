import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud, eventually } from '../lambda/testing/compute-cloud.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';
import { SERVER, seenBy, serviceWith, webFunction } from './testing/shown-requests.ts';

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

const pids = async (domain: string, count: number) => {
  const answers = await Promise.all(
    Array.from({ length: count }, () => seenBy(fetch(`http://${domain}/`))),
  );
  return new Set(answers.map(({ pid }) => pid));
};

describe('a web function', () => {
  it('starts with the first request, with the documented variables only', async () => {
    const domain = await webFunction(cloud, 'shop');
    expect(web.processes()).toEqual([]);
    const answer = await fetch(`http://${domain}/a/b?c=%20d`, { method: 'POST', body: 'text' });
    const { environment, ...seen } = await seenBy(answer);
    expect(seen).toMatchObject({ method: 'POST', url: '/a/b?c=%20d', body: 'text' });
    expect(environment).toMatchObject({
      AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
      AWS_LAMBDA_HTTP_ENDPOINT: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      AWS_REGION: 'us-east-1',
      OWN: 'value',
    });
    for (const absent of ['AWS_LAMBDA_FUNCTION_NAME', '_X_AMZN_TRACE_ID', 'PORT']) {
      expect(environment).not.toHaveProperty(absent);
    }
    expect(web.processes()).toHaveLength(1);
  });

  it('answers many requests in one process, and starts another one when it is full', async () => {
    const domain = await webFunction(cloud, 'shop', {
      service: serviceWith({ MaxConcurrencyPerEnvironment: 4 }),
    });
    const first = await pids(domain, 1);
    expect(await pids(domain, 3)).toEqual(first);
    const held = Array.from({ length: 4 }, () => fetch(`http://${domain}/hold`));
    await eventually(() => cloud.logs.some((line) => line.text === 'holding 4'));
    const others = await pids(domain, 2);
    expect([...others].some((pid) => first.has(pid))).toBe(false);
    expect(web.processes()).toHaveLength(2);
    expect(web.kill('shop')).toBe(2);
    await Promise.allSettled(held);
  });

  it('is throttled at once when it has all its environments and they are full', async () => {
    const domain = await webFunction(cloud, 'shop', {
      service: serviceWith({ MaxConcurrencyPerEnvironment: 1 }),
      endpoint: { ScalingConfig: { MaxEnvironments: 2 } },
    });
    const held = [fetch(`http://${domain}/hold`), fetch(`http://${domain}/hold`)];
    await eventually(() => web.processes().length === 2);
    const refused = await fetch(`http://${domain}/`);
    expect(refused.status).toBe(NOT_DOCUMENTED.throttleStatus);
    web.kill('shop');
    for (const one of await Promise.allSettled(held)) {
      expect(one).toMatchObject({ value: { status: 502 } });
    }
  });

  it('is throttled beyond its rate limit, and a limit of 0 blocks everything', async () => {
    const domain = await webFunction(cloud, 'shop', {
      endpoint: { ThrottleConfig: { RateLimit: 0 } },
    });
    expect((await fetch(`http://${domain}/`)).status).toBe(NOT_DOCUMENTED.throttleStatus);
    expect(web.processes()).toEqual([]);
  });

  it('ends without requests, after SIGTERM and at most a second', async () => {
    const stubborn = { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs', STUBBORN: '1' };
    const domain = await webFunction(cloud, 'shop', {
      service: serviceWith({ EnvironmentVariables: stubborn }),
    });
    await pids(domain, 1);
    cloud.kernel.sandboxes.idleTimeoutMs = 0;
    await eventually(() => web.processes().length === 0);
    expect(cloud.logs.map((line) => line.text)).toContain('got SIGTERM');
    cloud.kernel.sandboxes.idleTimeoutMs = 300_000;
    expect(await pids(domain, 1)).toHaveLength(1);
  });

  it('answers 502 when the application crashes or never listens', async () => {
    const domain = await webFunction(cloud, 'shop');
    expect((await fetch(`http://${domain}/crash`)).status).toBe(502);
    const broken = await webFunction(cloud, 'broken', { source: 'process.exit(1)' });
    expect((await fetch(`http://${broken}/`)).status).toBe(502);
    expect(cloud.logs.some((line) => line.text.includes('environment failed'))).toBe(true);
  });

  it('answers 504 when a request takes too long', async () => {
    const domain = await webFunction(cloud, 'shop', {
      service: serviceWith({ TimeoutSeconds: 3 }),
    });
    expect((await fetch(`http://${domain}/hold`)).status).toBe(504);
  });

  it('starts new environments from the current artifact', async () => {
    const domain = await webFunction(cloud, 'shop');
    await pids(domain, 1);
    cloud.artifact('dist/shop', { 'index.mjs': SERVER.replaceAll("'released'", "'again'") });
    web.restart('triptych-test');
    expect(await (await fetch(`http://${domain}/release`)).text()).toBe('again');
  });
});
