import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { EDGE_HEADER as CHECKED_HEADER } from '@triptych/platform/web-function';
import { describe, expect, it } from 'vitest';
import { EDGE_HEADER } from './constructs/web-front.ts';
import { synthesize } from './testing/templates.ts';

const WEB = { TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_HTTP: 'web-functions' };
const made = await synthesize(WEB);
const signed = await synthesize({ ...WEB, TRIPTYCH_WEB_ACCESS: 'iam' });

type Made = typeof made;

function one({ ofType }: Made, type: string, service: ContextName | 'web-front' | 'state') {
  const found = ofType(type).filter(({ stack }) => stack === `triptych-serverless-${service}`);
  expect(found).toHaveLength(1);
  return found[0]?.properties ?? {};
}
const variablesOf = (from: Made, service: ContextName) =>
  one(from, 'AWS::Lambda::WebFunctionRevision', service).ServiceConfig.EnvironmentVariables;

describe('the CDN in front of Web Functions', () => {
  const distribution = (from: Made) =>
    one(from, 'AWS::CloudFront::Distribution', 'web-front').DistributionConfig;

  it.each(CONTEXT_NAMES)('sends the paths of %s to its endpoint, without the Host', (service) => {
    const { CacheBehaviors, Origins } = distribution(made);
    const behaviour = CacheBehaviors.find(
      ({ PathPattern }: { PathPattern: string }) => PathPattern === `/${service}/*`,
    );
    expect(behaviour.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    expect(behaviour.AllowedMethods).toContain('DELETE');
    const origin = Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
    expect(JSON.stringify(origin.DomainName)).toContain(`triptych-serverless-${service}:`);
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
  });

  it('passes on tokens, and mixes the answers of neither tokens nor queries', () => {
    const policy = one(made, 'AWS::CloudFront::CachePolicy', 'web-front').CachePolicyConfig;
    expect(policy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 1 });
    expect(policy.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    });
    expect(distribution(made)).not.toHaveProperty('DefaultRootObject');
  });

  it('sends the secret that the services check, by reference', () => {
    expect(EDGE_HEADER).toBe(CHECKED_HEADER);
    for (const { OriginCustomHeaders, ...origin } of distribution(made).Origins) {
      expect(OriginCustomHeaders).toEqual([
        { HeaderName: CHECKED_HEADER, HeaderValue: expect.anything() },
      ]);
      expect(JSON.stringify(OriginCustomHeaders)).toContain('{{resolve:secretsmanager:');
      expect(origin).not.toHaveProperty('OriginAccessControlId');
    }
    expect(made.ofType('AWS::Lambda::ResourcePolicy')).toEqual([]);
  });

  it('signs instead if the settings say so, and only distributions of the account may', () => {
    for (const origin of distribution(signed).Origins) {
      expect(origin).not.toHaveProperty('OriginCustomHeaders');
      expect(origin.OriginAccessControlId).toBeDefined();
    }
    const control = one(signed, 'AWS::CloudFront::OriginAccessControl', 'web-front');
    expect(control.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 'lambda',
      SigningBehavior: 'always-amz-auth',
      SigningProtocol: 'sigv4',
    });
    for (const service of CONTEXT_NAMES) {
      const endpoint = one(signed, 'AWS::Lambda::WebFunctionEndpoint', service);
      expect(endpoint.AuthType).toBe('IamAuth');
      const { PolicyDocument } = one(signed, 'AWS::Lambda::ResourcePolicy', service);
      const [statement, ...others] = PolicyDocument.Statement;
      expect(others).toEqual([]);
      expect(statement).toMatchObject({
        Action: 'lambda:InvokeWebFunctionEndpoint',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
      expect(JSON.stringify(statement.Condition.ArnLike)).toContain(':distribution/*');
    }
    expect(signed.resources.filter(({ id }) => id.startsWith('EdgeSecret'))).toEqual([]);
  });

  it('stores its address where the services read it when they start', () => {
    const { BASE_URL_ARN, ...variables } = variablesOf(made, 'auth');
    expect(variables).not.toHaveProperty('BASE_URL');
    const entries = made
      .ofType('AWS::SecretsManager::Secret')
      .filter(({ stack }) => stack === 'triptych-serverless-web-front')
      .map(({ properties }) => [properties.Name, JSON.stringify(properties.SecretString)]);
    expect(entries).toEqual([
      [BASE_URL_ARN, expect.stringContaining('DomainName')],
      ['triptych-serverless-webhook-url', expect.stringContaining('/payments/webhooks/stripe')],
    ]);
    const roles = made
      .ofType('AWS::IAM::Policy')
      .filter(({ properties }) =>
        JSON.stringify(properties).includes(`secret:${BASE_URL_ARN}-??????`),
      );
    // Web Function and worker of each context, and both functions of the simulator.
    expect(roles).toHaveLength(2 * CONTEXT_NAMES.length + 2);
  });

  it('is named in the variables if the settings have a base URL', async () => {
    const url = 'https://shop.example';
    const named = await synthesize({ ...WEB, TRIPTYCH_BASE_URL_SERVERLESS: url });
    expect(variablesOf(named, 'auth')).toMatchObject({ BASE_URL: url });
    expect(JSON.stringify(named.templates)).not.toContain('BASE_URL_ARN');
    expect(JSON.stringify(named.templates)).toContain(`${url}/payments/webhooks/stripe`);
  });

  it('has the domain of the settings, with a certificate and its records', async () => {
    const named = await synthesize({
      ...WEB,
      TRIPTYCH_DOMAIN: 'shop.example.com',
      TRIPTYCH_HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ',
      TRIPTYCH_REGION: 'us-east-1',
    });
    expect(distribution(named).Aliases).toEqual(['shop.example.com']);
    const records = named.ofType('AWS::Route53::RecordSet').map(({ properties }) => properties);
    expect(records.map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    expect(variablesOf(named, 'auth')).toMatchObject({ BASE_URL: 'https://shop.example.com' });
  });
});
