import { CONTEXT_NAMES, contextsWith, QUEUE_IDS, VARIANTS } from '@triptych/context-map';
import {
  DEADLINE_EVENTS,
  RECONCILIATION,
  SUBSCRIPTIONS,
  UNFINISHED_ORDERS_CHECK,
} from '@triptych/events';
import { renditionKey, renditionPath } from '@triptych/images/core';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const { ofType, templates } = await synthesize();
const rules = ofType('AWS::Events::Rule');

describe.each(VARIANTS)('rules of %s', (variant) => {
  const own = rules.filter(({ stack }) => stack.includes(variant));
  const feeding = (queue: string) =>
    own.filter(({ properties }) => properties.Targets[0].Arn['Fn::GetAtt'][0].startsWith(queue));

  it('are in the same stack as the queues they feed', () => {
    const feeds = own.filter(({ id }) => !id.startsWith('Sweep'));
    expect(new Set(feeds.map(({ stack }) => stack))).toEqual(
      new Set([`triptych-${variant}-state`]),
    );
  });

  it('send each context the events it subscribes to, from the bus of the variant', () => {
    for (const [queue, names] of [
      ...contextsWith('stream', true).map(
        (name) => [QUEUE_IDS[name], SUBSCRIPTIONS[name]] as const,
      ),
      ['DeadlineQueue', DEADLINE_EVENTS] as const,
    ]) {
      const [rule, ...more] = feeding(queue).filter((feed) => feed.properties.EventPattern);
      expect(more).toEqual([]);
      expect(rule?.properties.EventPattern['detail-type']).toEqual(names);
      expect(rule?.properties.EventBusName.Ref).toMatch(/^Bus/);
    }
  });

  it('send uploads to images and a daily message to auth and payments, from the default bus', () => {
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

  it('make payments reconcile daily, with a message of its own', () => {
    const daily = feeding('PaymentsQueue').find(
      ({ properties }) => properties.ScheduleExpression === 'rate(1 day)',
    );
    expect(JSON.parse(daily?.properties.Targets[0].Input)).toEqual(RECONCILIATION);
  });

  it('make payments look for unfinished orders hourly, with an alarm', () => {
    const hourly = feeding('PaymentsQueue').find(
      ({ properties }) => properties.ScheduleExpression === 'rate(1 hour)',
    );
    const [target] = hourly?.properties.Targets ?? [];
    expect(JSON.parse(target.Input)).toEqual(UNFINISHED_ORDERS_CHECK);
    const alarms = ofType('AWS::CloudWatch::Alarm').filter(
      ({ stack }) => stack === `triptych-${variant}-state`,
    );
    expect(alarms.map(({ properties }) => properties)).toContainEqual(
      expect.objectContaining({
        Namespace: 'Triptych',
        MetricName: 'UnfinishedOrders',
        Dimensions: expect.arrayContaining([
          { Name: 'service', Value: 'payments' },
          { Name: 'variant', Value: variant },
        ]),
        Threshold: 1,
        Period: 3600,
      }),
    );
  });
});

describe('the CDN of the hybrid', () => {
  const [cdn] = ofType('AWS::CloudFront::Distribution');
  const config = cdn?.properties.DistributionConfig;

  it('looks for resized images in the bucket first, then calls the function', () => {
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
    const rendition = { imageId: 'i1', widthPx: 640, format: 'webp' } as const;
    const found = `${first.OriginPath}/${renditionPath(rendition)}`;
    expect(found, 'the key under which images stores it').toBe(`/${renditionKey(rendition)}`);
    expect(JSON.stringify(second.DomainName)).toContain('FunctionUrl');
    expect(other.TargetOriginId).toBe(second.Id);
  });

  it('runs its viewer functions for pictures only', () => {
    const events = config.CacheBehaviors.map((behavior: { FunctionAssociations?: object[] }) =>
      behavior.FunctionAssociations?.map((one) => (one as { EventType: string }).EventType),
    );
    expect(events).toEqual([['viewer-request', 'viewer-response'], ['viewer-request']]);
    for (const { properties } of ofType('AWS::CloudFront::Function')) {
      expect(properties.FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
      expect(properties.FunctionCode).toContain('function handler(event)');
    }
  });

  it('never caches a response longer than its headers allow', () => {
    const [policy] = ofType('AWS::CloudFront::CachePolicy');
    expect(policy?.properties.CachePolicyConfig.MinTTL).toBe(0);
  });

  it('never caches an error', () => {
    const statuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
    expect(config.CustomErrorResponses).toEqual(
      statuses.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  it('lets preflights of pictures reach the viewer-request function, with its CORS headers', () => {
    const [resized] = config.CacheBehaviors;
    expect(resized.AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS']);
    const [policy] = ofType('AWS::CloudFront::ResponseHeadersPolicy');
    const { CorsConfig } = policy?.properties.ResponseHeadersPolicyConfig ?? {};
    expect(CorsConfig.OriginOverride).toBe(false);
    const [viewerRequest] = ofType('AWS::CloudFront::Function');
    const exposed = CorsConfig.AccessControlExposeHeaders.Items.join(', ');
    expect(viewerRequest?.properties.FunctionCode).toContain(`'${exposed}'`);
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
  it('routes every path of a context to its function, with throttling', () => {
    expect(ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey)).toEqual(
      CONTEXT_NAMES.toSorted().map((context) => `ANY /${context}/{proxy+}`),
    );
    const [stage] = ofType('AWS::ApiGatewayV2::Stage');
    expect(stage?.properties).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
    expect(ofType('AWS::ApiGatewayV2::Api')[0]?.properties).not.toHaveProperty('CorsConfiguration');
  });
});
