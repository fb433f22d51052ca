import { deadlineEvents, subscriptions } from '@triptych/events';
import { describe, expect, it } from 'vitest';
import { variants } from './settings.ts';
import { synthesize } from './testing/templates.ts';

const { ofType, templates } = synthesize();
const rules = ofType('AWS::Events::Rule');

describe.each(variants)('rules of %s', (variant) => {
  const own = rules.filter(({ stack }) => stack.includes(variant));
  const feeding = (queue: string) =>
    own.filter(({ properties }) => properties.Targets[0].Arn['Fn::GetAtt'][0].startsWith(queue));

  it('lie beside the queues they feed', () => {
    const feeds = own.filter(({ id }) => !id.startsWith('Sweep'));
    expect(new Set(feeds.map(({ stack }) => stack))).toEqual(
      new Set([`triptych-${variant}-state`]),
    );
  });

  it('bring each context what it subscribes to, from the own bus', () => {
    for (const [queue, names] of [
      ['CatalogQueue', subscriptions.catalog],
      ['PaymentsQueue', subscriptions.payments],
      ['DeadlineQueue', deadlineEvents],
    ] as const) {
      const [rule, ...more] = feeding(queue).filter((fed) => fed.properties.EventPattern);
      expect(more).toEqual([]);
      expect(rule?.properties.EventPattern['detail-type']).toEqual(names);
      expect(rule?.properties.EventBusName.Ref).toMatch(/^Bus/);
    }
  });

  it('bring images its own uploads, and auth and payments a daily call, from the default bus', () => {
    const [uploaded] = feeding('ImagesQueue');
    expect(uploaded?.properties).not.toHaveProperty('EventBusName');
    expect(uploaded?.properties.EventPattern).toMatchObject({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'uploads/' }] } },
    });
    const bucket = uploaded?.properties.EventPattern.detail.bucket.name[0].Ref;
    expect(templates[`triptych-${variant}-state`]?.Resources[bucket]?.Type).toBe('AWS::S3::Bucket');
    for (const queue of ['AuthQueue', 'PaymentsQueue']) {
      const schedules = feeding(queue).map(({ properties }) => properties.ScheduleExpression);
      expect(schedules, queue).toContain('rate(1 day)');
    }
  });
});

describe('the CDN of the hybrid', () => {
  const [cdn] = ofType('AWS::CloudFront::Distribution');
  const config = cdn?.properties.DistributionConfig;

  it('looks for resized images in the bucket first, then asks the function', () => {
    const [resized, other] = config.CacheBehaviors;
    expect(resized.PathPattern).toBe('/images/*/w*');
    expect(other.PathPattern).toBe('/images/*');
    const [group] = config.OriginGroups.Items;
    expect(resized.TargetOriginId).toBe(group.Id);
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([403, 404]);
    const [first, second] = group.Members.Items.map(({ OriginId }: { OriginId: string }) =>
      config.Origins.find(({ Id }: { Id: string }) => Id === OriginId),
    );
    expect(first.DomainName['Fn::GetAtt'][1]).toBe('RegionalDomainName');
    expect(JSON.stringify(second.DomainName)).toContain('FunctionUrl');
    expect(other.TargetOriginId).toBe(second.Id);
  });

  it('runs its functions at viewer request and viewer response of resized images only', () => {
    const events = config.CacheBehaviors.map((behavior: { FunctionAssociations?: object[] }) =>
      behavior.FunctionAssociations?.map((one) => (one as { EventType: string }).EventType),
    );
    expect(events).toEqual([['viewer-request', 'viewer-response'], undefined]);
    for (const { properties } of ofType('AWS::CloudFront::Function')) {
      expect(properties.FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
      expect(properties.FunctionCode).toContain('function handler(event)');
    }
  });

  it('keeps no answer longer than it says', () => {
    const [policy] = ofType('AWS::CloudFront::CachePolicy');
    expect(policy?.properties.CachePolicyConfig.MinTTL).toBe(0);
  });

  it('is the only caller of the image function', () => {
    const [url] = ofType('AWS::Lambda::Url').filter(({ stack }) => stack.endsWith('hybrid-images'));
    expect(url?.properties.AuthType).toBe('AWS_IAM');
    const permissions = ofType('AWS::Lambda::Permission').filter(
      ({ stack }) => stack === url?.stack,
    );
    expect(permissions.map(({ properties }) => properties.Action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { properties } of permissions) {
      expect(properties.Principal).toBe('cloudfront.amazonaws.com');
    }
  });
});

describe('the HTTP API of serverless', () => {
  it('passes all of a context to its function and caps what comes', () => {
    expect(ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey)).toEqual(
      ['auth', 'catalog', 'images', 'payments'].map((context) => `ANY /${context}/{proxy+}`),
    );
    const [stage] = ofType('AWS::ApiGatewayV2::Stage');
    expect(stage?.properties).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
    expect(ofType('AWS::ApiGatewayV2::Api')[0]?.properties).not.toHaveProperty('CorsConfiguration');
  });
});
