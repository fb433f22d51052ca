import { describe, expect, it } from 'vitest';
import type { Watch } from './ports.ts';
import { readStatus } from './read-status.ts';
import { needsAttention, renderStatus } from './render-status.ts';
import { FakeStacks } from './testing/fake-stacks.ts';
import { SERVERLESS } from './testing/templates.ts';
import { waitUntilHealthy } from './wait-until-healthy.ts';

const now = new Date('2026-11-30T12:00:00Z');
const owner = { variant: 'serverless' } as const;

function watch(state: string): Watch & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    alarms: async (names) =>
      names.map((name) => ({ name, state, reason: 'Messages could not be handled.', since: now })),
    queueDepth: async () => ({ waiting: 3, inFlight: 2, delayed: 1 }),
    metricSum: async (query, from, to) => {
      asked.push([query.name, query.dimensions, from.toISOString(), to.toISOString()]);
      return 1234;
    },
    activeCostTags: async () => [],
    billed: async () => 0,
  };
}

function stacks(): FakeStacks {
  const Resources = {
    AuthQueueDeadLetters0A1B2C3D: { Type: 'AWS::SQS::Queue' },
    Raised: { Type: 'AWS::CloudWatch::Alarm' },
    Api: { Type: 'AWS::ApiGatewayV2::Api' },
  };
  const tags = { ...SERVERLESS, 'triptych:version': 'v7' };
  return new FakeStacks()
    .add('shop-front', { Resources }, tags, { BaseUrl: 'http://shop.example' })
    .add('other', { Resources }, { 'triptych:variant': 'hybrid' });
}

const answer = (status: number) => async () => new Response('{}', { status });

describe('the status of a deployment', () => {
  it('has its stacks with versions, health, alarms, queues and the requests since midnight', async () => {
    const cloud = watch('ALARM');
    const status = await readStatus({ stacks: stacks(), watch: cloud, now }, owner, answer(200));
    expect(status.requestsToday).toBe(1234);
    expect(cloud.asked).toEqual([
      [
        'Count',
        { ApiId: 'shop-front-Api' },
        '2026-11-30T00:00:00.000Z',
        '2026-11-30T12:00:00.000Z',
      ],
    ]);
    const text = renderStatus(status).join('\n');
    expect(text).toMatch(/shop-front +CREATE_COMPLETE +version v7/);
    expect(text).toMatch(/✓ payments +HTTP 200/);
    expect(text).toContain('1 raised, 0 quiet');
    expect(text).toMatch(/AuthQueueDeadLetters +3 waiting, 2 in flight, 1 delayed/);
    expect(text).not.toContain('other');
    expect(needsAttention(status)).toBe(true);
  });

  it('needs attention when a service does not answer, and none when all is well', async () => {
    const read = (code: number) =>
      readStatus({ stacks: stacks(), watch: watch('OK'), now }, owner, answer(code));
    expect(needsAttention(await read(503))).toBe(true);
    expect(needsAttention(await read(200))).toBe(false);
  });

  it('needs attention while no stack has an address, as after a deployment that failed half-way', async () => {
    const half = new FakeStacks().add('shop-state', { Resources: {} }, SERVERLESS);
    const status = await readStatus({ stacks: half, watch: watch('OK'), now }, owner, answer(200));
    expect(renderStatus(status).join('\n')).toContain('the deployment is not complete');
    expect(needsAttention(status)).toBe(true);
  });

  it.each([
    ['serverless', 'AWS::ApiGateway::RestApi', { ApiName: 'shop' }],
    ['hybrid', 'AWS::CloudFront::Distribution', { DistributionId: 'shop-Edge', Region: 'Global' }],
    [
      'microservices',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { LoadBalancer: 'app/name/1234' },
    ],
  ] as const)('counts the requests of %s at %s', async (variant, type, dimensions) => {
    const cloud = watch('OK');
    const own = { ...SERVERLESS, 'triptych:variant': variant };
    const shop = new FakeStacks().add('shop', { Resources: { Edge: { Type: type } } }, own);
    const list = shop.resources.bind(shop);
    if (variant === 'microservices') {
      const physicalId = 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/name/1234';
      shop.resources = async (name) => (await list(name)).map((one) => ({ ...one, physicalId }));
    }
    const status = await readStatus({ stacks: shop, watch: cloud, now }, { variant });
    expect(status.requestsToday).toBe(1234);
    expect(cloud.asked).toEqual([
      [expect.any(String), dimensions, '2026-11-30T00:00:00.000Z', '2026-11-30T12:00:00.000Z'],
    ]);
  });

  it('is empty when nothing is deployed', async () => {
    const status = await readStatus({ stacks: new FakeStacks(), watch: watch('OK'), now }, owner);
    expect(status).toEqual({ stacks: [], health: [], alarms: [], queues: [] });
  });
});

describe('waiting for health', () => {
  it('ends when every service answers', async () => {
    let calls = 0;
    const call = async () => new Response('', { status: calls++ < 4 ? 503 : 200 });
    const found = await waitUntilHealthy('http://x', { call, attempts: 3, pauseMs: 0 });
    expect(found.every(({ healthy }) => healthy)).toBe(true);
    expect(calls).toBe(8);
  });

  it('names the services that are not ready', async () => {
    const call = async (url: unknown) => {
      if (String(url).includes('/images/'))
        throw new TypeError('fetch failed', { cause: new Error('ENOTFOUND') });
      return new Response('');
    };
    const waiting = waitUntilHealthy('http://x', { call, attempts: 2, pauseMs: 0 });
    await expect(waiting).rejects.toThrow('after 2 attempts: images (ENOTFOUND)');
  });
});
