import { VARIANTS } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const ROOT = '/repository';

async function faultsOf(env: Record<string, string>): Promise<string> {
  try {
    await readSettings(env, ROOT);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

describe('settings of the templates', () => {
  it('have defaults for everything', async () => {
    expect(await readSettings({}, ROOT)).toEqual({
      variants: VARIANTS,
      baseUrls: {},
      internalUrls: {},
      front: 'http-api',
      checkout: 'events',
      architecture: 'arm64',
      tasksPerService: 2,
      provider: 'simulator',
      allowCidr: '127.0.0.1/32',
      cdn: true,
      s3PathStyle: false,
      distFolder: '/repository/dist',
      monthlyBudgetUsd: 200,
      functionRelease: 'at-once',
      provisionedConcurrency: 0,
      pointInTimeRecovery: true,
      deletionProtection: false,
      spotTasks: false,
      xray: false,
      firewall: false,
      ownKey: false,
      cdnPlan: 'pay-as-you-go',
      containers: 'ecs',
      http: 'event-functions',
      web: {
        access: 'secret',
        maxEnvironments: 20,
        rateLimit: 1000,
        largePictures: 'stream',
        newShare: 100,
        previousRevisions: new Map(),
      },
    });
  });

  it('come from the environment', async () => {
    const settings = await readSettings(
      {
        TRIPTYCH_VARIANTS: 'hybrid, microservices',
        TRIPTYCH_STAGE: 'trial',
        TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example',
        TRIPTYCH_BASE_URL_HYBRID: 'http://127.0.0.1:4003',
        TRIPTYCH_TASKS_PER_SERVICE: '1',
        TRIPTYCH_PROVIDER: 'stripe',
        TRIPTYCH_CERTIFICATE_ARN:
          'arn:aws:acm:eu-central-1:123456789012:certificate/0f3c7a9e-1111-2222-3333-444455556666',
        TRIPTYCH_ALLOW_CIDR: '203.0.113.0/24',
        TRIPTYCH_CDN: 'off',
        TRIPTYCH_CLOUDFRONT_PREFIX_LIST: 'pl-0123456789abcdef0',
        TRIPTYCH_OTLP_ENDPOINT: 'http://collector.internal:4318/otlp',
        TRIPTYCH_FRONT: 'rest-api',
        TRIPTYCH_ARCHITECTURE: 'x86_64',
        TRIPTYCH_INTERNAL_URL_HYBRID: 'http://edge:4003',
        TRIPTYCH_S3_PUBLIC_ENDPOINT: 'http://127.0.0.1:4566',
        TRIPTYCH_S3_PATH_STYLE: 'on',
        TRIPTYCH_DIST: 'elsewhere',
      },
      ROOT,
    );
    expect(settings).toMatchObject({
      variants: ['microservices', 'hybrid'],
      stage: 'trial',
      baseUrls: { microservices: 'https://shop.example', hybrid: 'http://127.0.0.1:4003' },
      tasksPerService: 1,
      provider: 'stripe',
      allowCidr: '203.0.113.0/24',
      cdn: false,
      cloudFrontPrefixList: 'pl-0123456789abcdef0',
      otlpEndpoint: 'http://collector.internal:4318/otlp',
      front: 'rest-api',
      architecture: 'x86_64',
      internalUrls: { hybrid: 'http://edge:4003' },
      s3PublicEndpoint: 'http://127.0.0.1:4566',
      s3PathStyle: true,
      distFolder: '/repository/elsewhere',
    });
  });

  it('count as unset when empty', async () => {
    expect(
      (await readSettings({ TRIPTYCH_PROVIDER: '', TRIPTYCH_VARIANTS: ' ' }, ROOT)).provider,
    ).toBe('simulator');
  });

  it('report all faults in one message', async () => {
    const message = await faultsOf({
      TRIPTYCH_VARIANTS: 'serverless,monolith',
      TRIPTYCH_STAGE: 'hybrid',
      TRIPTYCH_BASE_URL_SERVERLESS: 'https://shop.example/',
      TRIPTYCH_TASKS_PER_SERVICE: '0',
      TRIPTYCH_PROVIDER: 'paypal',
      TRIPTYCH_CERTIFICATE_ARN: 'my certificate',
      TRIPTYCH_ALLOW_CIDR: '300.0.0.0/8',
      TRIPTYCH_CDN: 'yes',
      TRIPTYCH_CLOUDFRONT_PREFIX_LIST: 'cloudfront',
      TRIPTYCH_OTLP_ENDPOINT: 'http://collector.example:4318/',
    });
    const [summary, ...faults] = message.split('\n');
    expect(summary).toBe('The settings for the templates are wrong:');
    expect(faults).toHaveLength(10);
    for (const fault of faults) expect(fault).toMatch(/^- TRIPTYCH_\w+ is ".*" but must be /);
    expect(message).toContain('TRIPTYCH_PROVIDER is "paypal" but must be one of simulator, stripe');
  });

  it('report contradictions together with other faults', async () => {
    const message = await faultsOf({ TRIPTYCH_CDN: 'off', TRIPTYCH_PROVIDER: 'paypal' });
    expect(message).toContain('TRIPTYCH_PROVIDER is');
    expect(message).toContain('TRIPTYCH_CDN=off needs');
  });

  it('accept a path in a base URL only for the stage of a REST API', async () => {
    const staged = { TRIPTYCH_BASE_URL_SERVERLESS: 'http://127.0.0.1:4002/live' };
    expect((await readSettings({ ...staged, TRIPTYCH_FRONT: 'rest-api' }, ROOT)).baseUrls).toEqual({
      serverless: 'http://127.0.0.1:4002/live',
    });
    expect(await faultsOf(staged)).toContain('scheme, host and port only');
    const other = { TRIPTYCH_BASE_URL_HYBRID: 'http://127.0.0.1:4003/live' };
    expect(await faultsOf({ ...other, TRIPTYCH_FRONT: 'rest-api' })).toContain(
      'host and port only',
    );
  });

  it.each(['1.5', '-1', '21', '0x2', 'two'])('reject %s tasks', async (tasks) => {
    expect(await faultsOf({ TRIPTYCH_TASKS_PER_SERVICE: tasks })).toContain('from 1 to 20');
  });

  it.each(['10.0.0.0', '10.0.0/8', '10.0.0.0/33', '::/0', 'anywhere'])(
    'reject the range %s',
    async (range) => {
      expect(await faultsOf({ TRIPTYCH_ALLOW_CIDR: range })).toContain('an IPv4 range');
    },
  );

  it('reject a certificate without a base URL that it covers', async () => {
    const arn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0f3c7a9e';
    expect(await faultsOf({ TRIPTYCH_CERTIFICATE_ARN: arn })).toContain(
      'TRIPTYCH_BASE_URL_MICROSERVICES',
    );
  });

  it('reject a hybrid that has neither CDN nor base URL', async () => {
    expect(await faultsOf({ TRIPTYCH_CDN: 'off' })).toContain('TRIPTYCH_BASE_URL_HYBRID');
    expect(await faultsOf({ TRIPTYCH_CDN: 'off', TRIPTYCH_VARIANTS: 'serverless' })).toBe('');
  });
});
