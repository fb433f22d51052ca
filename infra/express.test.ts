import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { exceededQuotas } from './checks/quotas/check-quotas.ts';
import { ROOT } from './deployment.ts';
import { readSettings } from './settings.ts';
import { synthesize } from './testing/templates.ts';

const MICROSERVICES = { TRIPTYCH_VARIANTS: 'microservices' };
const EXPRESS = {
  ...MICROSERVICES,
  TRIPTYCH_CONTAINERS: 'express',
  TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example',
  TRIPTYCH_ARCHITECTURE: 'x86_64',
};
const { app, assets, checked, ofType, templates } = await synthesize(EXPRESS);
const services = ofType('AWS::ECS::ExpressGatewayService');

/** Resources, resource types, and lines of all templates of a variant. */
function measured(made: Awaited<ReturnType<typeof synthesize>>) {
  const types = new Set(made.resources.map(({ type }) => type));
  const lines = Object.values(made.templates).map(
    (template) => JSON.stringify(template, null, 1).split('\n').length,
  );
  const total = lines.reduce((sum, count) => sum + count, 0);
  return { resources: made.resources.length, types: types.size, lines: total };
}

describe('ECS Express Mode', () => {
  it('runs every service, and creates neither network nor load balancer in the template', () => {
    expect(services.map(({ stack }) => stack)).toEqual(
      CONTEXT_NAMES.map((name) => `triptych-microservices-${name}`).toSorted(),
    );
    const own = /^AWS::(EC2|ElasticLoadBalancingV2|ApplicationAutoScaling)::|ECS::(Task|Service)/;
    expect(Object.values(templates).flatMap(({ Resources }) => Object.values(Resources))).toSatisfy(
      (all: { Type: string }[]) => !all.some(({ Type }) => own.test(Type)),
    );
  });

  it.each(services)(
    'gives $stack its image, settings, secrets, health check and scaling',
    (one) => {
      const service = one.stack.split('-').at(-1) ?? '';
      const { properties } = one;
      expect(properties).toMatchObject({
        ServiceName: one.stack,
        HealthCheckPath: `/${service}/health/ready`,
        ScalingTarget: { MinTaskCount: 2, MaxTaskCount: 8, AutoScalingTargetValue: 60 },
        PrimaryContainer: { ContainerPort: 8080 },
      });
      expect(properties.PrimaryContainer.Environment).toEqual(
        expect.arrayContaining([
          { Name: 'PORT', Value: '8080' },
          { Name: 'BASE_URL', Value: 'https://shop.example' },
          { Name: 'TRUSTED_PROXIES', Value: '2' },
        ]),
      );
      expect(Object.keys(assets[one.stack]?.dockerImages ?? {})).toHaveLength(1);
    },
  );

  it('passes a secret to the container without its value', () => {
    const payments = services.find(({ stack }) => stack.endsWith('-payments'));
    const { Secrets } = payments?.properties.PrimaryContainer ?? {};
    expect(Secrets.map(({ Name }: { Name: string }) => Name)).toEqual([
      'PROVIDER_KEY',
      'WEBHOOK_SECRET',
    ]);
  });

  it('is reached through one CDN, which chooses the service by the path and keeps its Host', () => {
    const [cdn] = ofType('AWS::CloudFront::Distribution');
    const { CacheBehaviors, Origins } = cdn?.properties.DistributionConfig ?? {};
    const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    for (const name of CONTEXT_NAMES) {
      const behaviour = CacheBehaviors.find(
        ({ PathPattern }: { PathPattern: string }) => PathPattern === `/${name}/*`,
      );
      expect(behaviour.OriginRequestPolicyId).toBe(ALL_VIEWER_EXCEPT_HOST);
      const origin = Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
      expect(JSON.stringify(origin.DomainName)).toContain(`triptych-microservices-${name}:`);
      expect(origin.CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
    }
  });

  it('has the domain of the base URL with a certificate', async () => {
    const TRIPTYCH_CERTIFICATE_ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c7a9e';
    const made = await synthesize({ ...EXPRESS, TRIPTYCH_CERTIFICATE_ARN });
    const [cdn] = made.ofType('AWS::CloudFront::Distribution');
    expect(cdn?.properties.DistributionConfig).toMatchObject({
      Aliases: ['shop.example'],
      ViewerCertificate: { AcmCertificateArn: TRIPTYCH_CERTIFICATE_ARN },
    });
  });

  it('keeps the quotas of AWS', () => {
    expect(exceededQuotas(checked)).toEqual([]);
  });

  it('passes cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    [{ TRIPTYCH_BASE_URL_MICROSERVICES: '' }, 'TRIPTYCH_BASE_URL_MICROSERVICES with https://'],
    [{ TRIPTYCH_ARCHITECTURE: 'arm64' }, 'TRIPTYCH_ARCHITECTURE=x86_64'],
    [{ TRIPTYCH_TASK_CAPACITY: 'spot' }, 'TRIPTYCH_TASK_CAPACITY=regular'],
    [
      { TRIPTYCH_CERTIFICATE_ARN: 'arn:aws:acm:eu-west-1:123456789012:certificate/0f3c7a9e' },
      'a TRIPTYCH_CERTIFICATE_ARN of us-east-1',
    ],
  ])('is rejected with %j', async (changes, needed) => {
    await expect(readSettings({ ...EXPRESS, ...changes }, ROOT)).rejects.toThrow(
      `TRIPTYCH_CONTAINERS=express needs ${needed}`,
    );
  });

  // Every change of a template changes these figures a little. The record has them as of its date.
  it.each(['resources', 'types', 'lines'] as const)(
    'saves about as many %s as the decision record says',
    async (what) => {
      const file = 'docs/decisions/0022-no-app-runner-and-express-mode-by-setting.md';
      const record = readFileSync(join(ROOT, file), 'utf8');
      const row = new RegExp(`^\\| ${what} \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$`, 'm').exec(
        record,
      );
      const [own = 0, express = 0, saved = 0] = row?.slice(1).map(Number) ?? [];
      expect(saved).toBe(own - express);
      const now = measured(await synthesize(MICROSERVICES))[what];
      expect(Math.abs(now - own) / own).toBeLessThan(0.1);
      const nowExpress = measured(await synthesize(EXPRESS))[what];
      expect(Math.abs(nowExpress - express) / express).toBeLessThan(0.1);
    },
  );
});
