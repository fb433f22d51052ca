import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './deployment.ts';
import {
  REGIONS_WITH_VPC_ORIGINS,
  REGIONS_WITH_WEB_FUNCTIONS,
  REGIONS_WITHOUT_FUNCTION_URLS,
} from './regions.ts';
import { readSettings } from './settings.ts';
import { synthesize } from './testing/templates.ts';

const faultsOf = (env: Record<string, string>) =>
  readSettings(env, ROOT).then(
    () => '',
    ({ message }: Error) => message,
  );

it('the page for operators lists the regions and zones that lack something', async () => {
  const page = await readFile(join(ROOT, 'docs/aws.md'), 'utf8');
  const row = (title: string) => page.split('\n').find((line) => line.startsWith(`| ${title} |`));
  expect(row('function URLs')).toContain(`| ${REGIONS_WITHOUT_FUNCTION_URLS.join(', ')} |`);
  expect(row('Web Functions')).toContain(` ${REGIONS_WITH_WEB_FUNCTIONS.join(', ')} `);
  for (const [region, zone] of REGIONS_WITH_VPC_ORIGINS) {
    if (zone) expect(row('VPC origins in one zone')).toContain(`${region} (${zone})`);
    expect(row('VPC origins')).not.toContain(`${region},`);
  }
});

describe('a region', () => {
  it.each(REGIONS_WITHOUT_FUNCTION_URLS)('%s is rejected for its function URLs', async (region) => {
    const here = { TRIPTYCH_REGION: region };
    expect(await faultsOf({ ...here, TRIPTYCH_VARIANTS: 'serverless' })).toContain(
      `TRIPTYCH_REGION=${region} has no function URLs, which the simulated provider`,
    );
    const stripe = { ...here, TRIPTYCH_PROVIDER: 'stripe' };
    expect(await faultsOf({ ...stripe, TRIPTYCH_VARIANTS: 'serverless,microservices' })).toBe('');
    expect(await faultsOf({ ...stripe, TRIPTYCH_VARIANTS: 'hybrid' })).toContain(
      "has no function URLs, which the hybrid's images need",
    );
  });

  it('without VPC origins is rejected for the CDN of the hybrid', async () => {
    const here = { TRIPTYCH_REGION: 'us-gov-west-1', TRIPTYCH_VARIANTS: 'hybrid' };
    expect(await faultsOf(here)).toContain('TRIPTYCH_REGION=us-gov-west-1 has no VPC origins');
    const url = { TRIPTYCH_BASE_URL_HYBRID: 'https://shop.example' };
    expect(await faultsOf({ ...here, ...url, TRIPTYCH_CDN: 'off' })).toBe('');
    expect(await faultsOf({ ...here, TRIPTYCH_VARIANTS: 'microservices' })).toBe('');
  });

  const partial = [...REGIONS_WITH_VPC_ORIGINS].filter(([, zone]) => zone !== undefined);
  it.each(partial)(
    '%s lacks VPC origins in %s, so the hybrid must choose',
    async (region, zone) => {
      const here = { TRIPTYCH_REGION: region, TRIPTYCH_VARIANTS: 'hybrid' };
      expect(await faultsOf(here)).toContain(`no VPC origins in the zone ${zone}`);
      expect(await faultsOf({ ...here, TRIPTYCH_ZONES: `${region}a,${region}b` })).toBe('');
    },
  );

  it('that has everything is accepted, and so is none', async () => {
    expect(await faultsOf({ TRIPTYCH_REGION: 'eu-central-1' })).toBe('');
    expect(await faultsOf({})).toBe('');
  });

  it('must contain the zones', async () => {
    const zones = { TRIPTYCH_ZONES: 'us-east-1a,us-east-1b' };
    expect(await faultsOf({ TRIPTYCH_REGION: 'us-east-2', ...zones })).toContain('TRIPTYCH_ZONES');
    expect(await faultsOf({ TRIPTYCH_ZONES: 'us-east-1a,us-east-2b' })).toContain('of one region');
    expect(await faultsOf({ TRIPTYCH_ZONES: 'us-east-1a' })).toContain('two availability zones');
  });
});

describe('the stacks', () => {
  it('belong to the region and account of the settings', async () => {
    const { stacks, ofType } = await synthesize({
      TRIPTYCH_VARIANTS: 'hybrid',
      TRIPTYCH_REGION: 'us-east-1',
      TRIPTYCH_ACCOUNT: '123456789012',
      TRIPTYCH_ZONES: 'us-east-1b,us-east-1d',
    });
    for (const { environment } of stacks) {
      expect(environment).toMatchObject({ region: 'us-east-1', account: '123456789012' });
    }
    const zones = ofType('AWS::EC2::Subnet').map(({ properties }) => properties.AvailabilityZone);
    expect(new Set(zones)).toEqual(new Set(['us-east-1b', 'us-east-1d']));
  });

  it('take the first two zones without asking AWS', async () => {
    const { ofType } = await synthesize({
      TRIPTYCH_VARIANTS: 'hybrid',
      TRIPTYCH_REGION: 'eu-central-1',
      TRIPTYCH_ACCOUNT: '123456789012',
    });
    const zones = ofType('AWS::EC2::Subnet').map(({ properties }) => properties.AvailabilityZone);
    const chosen = [0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }));
    expect(zones).toEqual([...chosen, ...chosen]);
  });
});
