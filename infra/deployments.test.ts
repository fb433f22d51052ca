import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

type Container = { Environment: { Name: string; Value: unknown }[] };
type Made = Awaited<ReturnType<typeof synthesize>>;

/** The value of a variable in every task and function that has it, by stack. */
function variable({ ofType }: Made, name: string): Record<string, unknown> {
  const ofTasks = ofType('AWS::ECS::TaskDefinition').map(({ stack, properties }) => {
    const [container] = properties.ContainerDefinitions as Container[];
    return [stack, container?.Environment.find((one) => one.Name === name)?.Value] as const;
  });
  const ofFunctions = ofType('AWS::Lambda::Function').map(
    ({ stack, properties }) => [stack, properties.Environment.Variables[name]] as const,
  );
  const set = [...ofTasks, ...ofFunctions].filter(([, value]) => value !== undefined);
  return Object.fromEntries(set);
}

describe('a variant', () => {
  it('uses the address of its own edge when the settings have no base URL', async () => {
    const made = await synthesize({ TRIPTYCH_VARIANTS: 'serverless' });
    const urls = Object.values(variable(made, 'BASE_URL'));
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) {
      expect(JSON.stringify(url)).toContain('triptych-serverless-front:');
    }
  });

  it('uses the base URL from the settings everywhere', async () => {
    const url = 'http://127.0.0.1:4003';
    const made = await synthesize({ TRIPTYCH_VARIANTS: 'hybrid', TRIPTYCH_BASE_URL_HYBRID: url });
    expect(new Set(Object.values(variable(made, 'BASE_URL')))).toEqual(new Set([url]));
    expect(Object.values(variable(made, 'WEBHOOK_URL'))).toEqual([
      `${url}/payments/webhooks/stripe`,
    ]);
    expect(made.templates['triptych-hybrid-images']?.Outputs).toMatchObject({
      BaseUrl: { Value: url },
    });
  });

  it.each([
    ['microservices', '1'],
    ['serverless', '1'],
    ['hybrid', '2'],
  ])('%s trusts the proxies before its services: %s', async (variant, proxies) => {
    const made = await synthesize({ TRIPTYCH_VARIANTS: variant });
    expect(new Set(Object.values(variable(made, 'TRUSTED_PROXIES')))).toEqual(new Set([proxies]));
  });

  it('has no simulator when the provider is Stripe', async () => {
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'microservices',
      TRIPTYCH_PROVIDER: 'stripe',
    });
    expect(Object.keys(made.templates)).not.toContain('triptych-microservices-provider');
    expect(variable(made, 'PROVIDER_URL')).toEqual({
      'triptych-microservices-payments': 'https://api.stripe.com',
    });
  });

  it('runs the number of tasks from the settings', async () => {
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'microservices',
      TRIPTYCH_TASKS_PER_SERVICE: '1',
    });
    const targets = made.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
    expect(targets).not.toEqual([]);
    for (const { properties } of targets) {
      expect(properties).toMatchObject({ MinCapacity: 1, MaxCapacity: 4 });
    }
  });

  it('admits only the range from the settings when it has no certificate', async () => {
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'microservices',
      TRIPTYCH_ALLOW_CIDR: '203.0.113.7/32',
    });
    const [listener] = made.ofType('AWS::ElasticLoadBalancingV2::Listener');
    expect(listener?.properties).toMatchObject({ Port: 80, Protocol: 'HTTP' });
    expect(ingress(made)).toEqual([['203.0.113.7/32', 80]]);
  });

  it('serves HTTPS to every address when it has a certificate', async () => {
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'microservices',
      TRIPTYCH_CERTIFICATE_ARN: 'arn:aws:acm:eu-central-1:123456789012:certificate/0f3c7a9e',
      TRIPTYCH_BASE_URL_MICROSERVICES: 'https://shop.example',
    });
    const [listener] = made.ofType('AWS::ElasticLoadBalancingV2::Listener');
    expect(listener?.properties).toMatchObject({ Port: 443, Protocol: 'HTTPS' });
    expect(ingress(made)).toEqual([['0.0.0.0/0', 443]]);
  });

  describe("the hybrid's load balancer", () => {
    const rules = ({ ofType }: Made) =>
      ofType('AWS::EC2::SecurityGroupIngress').flatMap(({ properties }) =>
        properties.SourcePrefixListId === undefined
          ? []
          : [[properties.SourcePrefixListId, properties.FromPort]],
      );

    it("admits CloudFront's prefix list of the region, and not the network's own range", async () => {
      const made = await synthesize({ TRIPTYCH_VARIANTS: 'hybrid' });
      const list = { 'Fn::FindInMap': ['CloudFrontPrefixLists', { Ref: 'AWS::Region' }, 'Id'] };
      expect(rules(made)).toEqual([[list, 80]]);
      expect(ingress(made)).toEqual([]);
      const lists = made.templates['triptych-hybrid-front']?.Mappings?.CloudFrontPrefixLists;
      expect(lists?.['us-east-1']).toEqual({ Id: 'pl-3b927c52' });
    });

    it('admits the prefix list from the settings, for regions without a known list', async () => {
      const made = await synthesize({
        TRIPTYCH_VARIANTS: 'hybrid',
        TRIPTYCH_CLOUDFRONT_PREFIX_LIST: 'pl-0123456789abcdef0',
      });
      expect(rules(made)).toEqual([['pl-0123456789abcdef0', 80]]);
    });

    it("admits the network's own range when the CDN is off", async () => {
      const made = await synthesize({
        TRIPTYCH_VARIANTS: 'hybrid',
        TRIPTYCH_CDN: 'off',
        TRIPTYCH_BASE_URL_HYBRID: 'http://127.0.0.1:4003',
      });
      expect(rules(made)).toEqual([]);
      expect(ingress(made)).toEqual([[{ 'Fn::GetAtt': [expect.any(String), 'CidrBlock'] }, 80]]);
    });
  });

  it('keeps the functions of the hybrid when the CDN is off', async () => {
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'hybrid',
      TRIPTYCH_CDN: 'off',
      TRIPTYCH_BASE_URL_HYBRID: 'http://127.0.0.1:4003',
    });
    expect(made.resources.filter(({ type }) => type.startsWith('AWS::CloudFront'))).toEqual([]);
    expect(made.templates['triptych-hybrid-images']?.Outputs).toHaveProperty('ImagesUrl');
  });
});

/** The addresses and ports that the load balancer admits. */
function ingress({ ofType }: Made): [unknown, number][] {
  return ofType('AWS::EC2::SecurityGroup').flatMap(({ properties }) =>
    (properties.SecurityGroupIngress ?? []).flatMap(
      (rule: { CidrIp?: unknown; FromPort: number }) =>
        rule.CidrIp === undefined ? [] : [[rule.CidrIp, rule.FromPort]],
    ),
  );
}
