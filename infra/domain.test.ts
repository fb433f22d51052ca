import { describe, expect, it } from 'vitest';
import { ROOT } from './deployment.ts';
import { readSettings } from './settings.ts';
import { synthesize } from './testing/templates.ts';

const ZONE = 'Z0123456789ABCDEFGHIJ';
const DOMAIN = { TRIPTYCH_DOMAIN: 'shop.example.com', TRIPTYCH_HOSTED_ZONE: ZONE };
const of = (variant: string, more: Readonly<Record<string, string>> = {}) =>
  synthesize({ ...DOMAIN, TRIPTYCH_VARIANTS: variant, ...more });
const IN_VIRGINIA = { TRIPTYCH_REGION: 'us-east-1', TRIPTYCH_ZONES: 'us-east-1a,us-east-1b' };

type Made = Awaited<ReturnType<typeof of>>;

/** The records of the domain: type and target. */
const recordsOf = ({ ofType }: Made) =>
  ofType('AWS::Route53::RecordSet').map(({ properties }) => {
    expect(properties).toMatchObject({ Name: 'shop.example.com', HostedZoneId: ZONE });
    return [properties.Type, JSON.stringify(properties.AliasTarget)];
  });
const certificateOf = ({ ofType }: Made) => ofType('AWS::CertificateManager::Certificate');

describe('a domain in the settings', () => {
  const variants = [
    ['microservices', {}],
    ['serverless', {}],
    ['serverless', { TRIPTYCH_FRONT: 'rest-api' }],
    ['hybrid', IN_VIRGINIA],
  ] as const;

  it.each(variants)('of %s %o is the base URL, with a certificate', async (variant, more) => {
    const made = await of(variant, more);
    expect(JSON.stringify(made.templates)).toContain(
      '"BaseUrl":{"Value":"https://shop.example.com"}',
    );
    expect(certificateOf(made).map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        DomainName: 'shop.example.com',
        ValidationMethod: 'DNS',
        DomainValidationOptions: [{ DomainName: 'shop.example.com', HostedZoneId: ZONE }],
      }),
    ]);
  });

  it('points to the load balancer of microservices, which accepts HTTPS from everywhere', async () => {
    const made = await of('microservices');
    expect(recordsOf(made)).toEqual([['A', expect.stringContaining('CanonicalHostedZoneID')]]);
    const [certificate] = certificateOf(made);
    const [listener] = made.ofType('AWS::ElasticLoadBalancingV2::Listener');
    expect(listener?.properties).toMatchObject({
      Port: 443,
      Certificates: [{ CertificateArn: { Ref: certificate?.id } }],
    });
    const groups = JSON.stringify(made.ofType('AWS::EC2::SecurityGroup'));
    expect(groups).toMatch(/"CidrIp":"0\.0\.0\.0\/0"[^}]*"FromPort":443/);
  });

  it.each([
    ['http-api', '$default|Stage'],
    ['rest-api', 'release:Export'],
  ])('points to the stage of the %s of serverless', async (front, stage) => {
    const made = await of('serverless', { TRIPTYCH_FRONT: front });
    expect(recordsOf(made)).toEqual([['A', expect.stringContaining('RegionalHostedZoneId')]]);
    const [mapping] = made.ofType('AWS::ApiGatewayV2::ApiMapping');
    expect(JSON.stringify(mapping?.properties.Stage)).toMatch(
      new RegExp(stage.replace('$', '\\$')),
    );
    expect(mapping?.stack).toBe('triptych-serverless-domain');
  });

  it('points to the CDN of the hybrid, also over IPv6', async () => {
    const made = await of('hybrid', IN_VIRGINIA);
    expect(recordsOf(made).map(([type]) => type)).toEqual(['A', 'AAAA']);
    const [cdn] = made.ofType('AWS::CloudFront::Distribution');
    expect(cdn?.properties.DistributionConfig).toMatchObject({
      Aliases: ['shop.example.com'],
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    });
  });

  it('uses the certificate in the settings instead of a new one', async () => {
    const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c7a9e';
    const made = await of('hybrid', { TRIPTYCH_CERTIFICATE_ARN: arn });
    expect(certificateOf(made)).toEqual([]);
    expect(JSON.stringify(made.ofType('AWS::CloudFront::Distribution'))).toContain(arn);
  });
});

describe('settings with a domain are rejected', () => {
  const faultsOf = (env: Record<string, string>) =>
    readSettings(env, ROOT).then(
      () => '',
      ({ message }: Error) => message,
    );
  const hybrid = { ...DOMAIN, TRIPTYCH_VARIANTS: 'hybrid' };
  const serverless = { ...DOMAIN, TRIPTYCH_VARIANTS: 'serverless' };

  it.each([
    ['without a hosted zone', { TRIPTYCH_DOMAIN: 'shop.example.com' }, 'need each other'],
    ['for several variants', DOMAIN, 'is the name of one variant, not of microservices and'],
    [
      'with a base URL',
      { ...serverless, TRIPTYCH_BASE_URL_SERVERLESS: 'https://other.example' },
      'so omit TRIPTYCH_BASE_URL_SERVERLESS',
    ],
    [
      'for a hybrid elsewhere',
      { ...hybrid, TRIPTYCH_REGION: 'eu-central-1' },
      'from us-east-1 only',
    ],
    ['for a hybrid in an unknown region', hybrid, 'needs TRIPTYCH_REGION=us-east-1'],
    ['for a hybrid without CDN', { ...hybrid, TRIPTYCH_CDN: 'off' }, 'needs the CDN'],
    [
      'that is not a name',
      { ...serverless, TRIPTYCH_DOMAIN: 'https://shop.example' },
      'a domain name',
    ],
  ])('%s', async (_, env, fault) => {
    expect(await faultsOf(env)).toContain(fault);
  });

  it('and accepted for a hybrid elsewhere with a certificate of us-east-1', async () => {
    const TRIPTYCH_CERTIFICATE_ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c7a9e';
    const elsewhere = { ...hybrid, TRIPTYCH_REGION: 'eu-central-1' };
    expect(await faultsOf({ ...elsewhere, TRIPTYCH_CERTIFICATE_ARN })).toBe('');
  });
});
