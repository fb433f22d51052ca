import { describe, expect, it } from 'vitest';
import type { AccountFacts } from './ports.ts';
import {
  checkAccount,
  checkDocker,
  checkQuotas,
  checkReach,
  renderChecks,
  stops,
} from './preflight.ts';

const account: AccountFacts = {
  region: 'eu-central-1',
  identity: async () => ({ account: '111122223333', arn: 'arn:aws:iam::111122223333:user/me' }),
  bootstrapVersion: async () => 30,
  quota: async (service) => (service === 'lambda' ? 10 : 6),
};
const needs = {
  bootstrapVersion: 6,
  fargateVcpus: 2,
  functions: 8,
  images: 4,
  architecture: 'arm64',
} as const;
const rejected = (message: string) => async () => {
  throw new Error(message);
};

describe('the account', () => {
  const check = (facts: Partial<AccountFacts>, pinned?: string) =>
    checkAccount({ ...account, ...facts }, { account: pinned }, 6);

  it('passes when it is bootstrapped', async () => {
    const { checks, account: id } = await check({}, '111122223333');
    expect(id).toBe('111122223333');
    expect(checks.map(({ name }) => name)).toEqual([
      'credentials',
      'account',
      'region',
      'bootstrap',
    ]);
    expect(stops(checks)).toBe(false);
  });

  it.each([
    ['no credentials', { identity: rejected('Could not load credentials') }, '--profile'],
    ['a disabled region', { identity: rejected('Region ap-east-2 is not enabled') }, '--region'],
    [
      'no bootstrap',
      { bootstrapVersion: async () => undefined },
      'npx cdk bootstrap aws://111122223333/eu-central-1',
    ],
    ['an old bootstrap', { bootstrapVersion: async () => 5 }, 'npx cdk bootstrap'],
    ['an unreadable version', { bootstrapVersion: rejected('AccessDenied') }, 'ssm:GetParameter'],
  ])('fails with %s, and says how to mend it', async (_title, facts, mend) => {
    const { checks } = await check(facts);
    expect(stops(checks)).toBe(true);
    expect(renderChecks(checks).at(-1)).toContain(mend);
  });

  it('fails when the credentials belong to another account than the settings', async () => {
    const { checks } = await check({}, '999999999999');
    expect(renderChecks(checks).at(-1)).toContain('but TRIPTYCH_ACCOUNT is 999999999999');
    expect(stops(checks)).toBe(true);
  });
});

describe('the quotas', () => {
  const check = (wanted: object, facts = account) => checkQuotas(facts, { ...needs, ...wanted });

  it('pass when they are high enough', async () => {
    expect((await check({})).map(({ result }) => result)).toEqual(['ok', 'ok']);
  });

  it('fail when the tasks could not start, and warn when Lambda would throttle', async () => {
    const checks = await check({ fargateVcpus: 8, functions: 20 });
    expect(checks.map(({ result }) => result)).toEqual(['unknown', 'failed']);
    expect(renderChecks(checks).join('\n')).toMatch(/L-B99A9384[\s\S]*L-3032A538/);
  });

  it('are unknown where Service Quotas does not answer, which stops nothing', async () => {
    const checks = await check({}, { ...account, quota: rejected('Unknown service') });
    expect(checks.map(({ result }) => result)).toEqual(['unknown', 'unknown']);
    expect(stops(checks)).toBe(false);
  });

  it('are not asked for what the variant does not use', async () => {
    expect(await check({ fargateVcpus: 0 })).toHaveLength(1);
  });
});

describe('the reach of microservices', () => {
  it('fails when nobody is admitted, and warns about plain HTTP', () => {
    expect(stops(checkReach(true, {}))).toBe(true);
    expect(stops(checkReach(true, { allowCidr: '127.0.0.1/32' }))).toBe(true);
    const [open] = checkReach(true, { allowCidr: '203.0.113.7/32' });
    expect(open).toMatchObject({
      result: 'unknown',
      detail: expect.stringContaining('log-ins fail'),
    });
    const internalUrl = 'http://inside.example';
    const [inside] = checkReach(true, { allowCidr: '203.0.113.7/32', internalUrl });
    expect(inside?.detail).not.toContain('log-ins fail');
  });

  it('is not checked with a certificate, or for other variants', () => {
    expect(checkReach(true, { certificateArn: 'arn' })).toEqual([]);
    expect(checkReach(true, { domain: 'shop.example.com' })).toEqual([]);
    expect(checkReach(false, {})).toEqual([]);
  });
});

describe('Docker', () => {
  it('is needed for images only', () => {
    expect(checkDocker({ ...needs, images: 0 }, { problem: 'not installed' })).toEqual([]);
    expect(stops(checkDocker(needs, { problem: 'not installed' }))).toBe(true);
  });

  it('warns when it builds for another processor', () => {
    const on = (architecture: string) => checkDocker(needs, { version: '28', architecture });
    expect(on('arm64')).toMatchObject([{ result: 'ok' }]);
    expect(on('amd64')).toMatchObject([{ result: 'unknown' }]);
    expect(on('amd64')[0]?.mend).toContain('--install arm64');
  });
});
