import { describe, expect, it } from 'vitest';
import { REQUESTS_PER_ADDRESS } from './constructs/firewall.ts';
import { ROOT } from './deployment.ts';
import { readSettings } from './settings.ts';
import { synthesize } from './testing/templates.ts';

const FIREWALL = {
  TRIPTYCH_FIREWALL: 'on',
  TRIPTYCH_FRONT: 'rest-api',
  TRIPTYCH_REGION: 'us-east-1',
  TRIPTYCH_ZONES: 'us-east-1b,us-east-1d',
};
const { ofType, templates } = await synthesize(FIREWALL);
const firewalls = ofType('AWS::WAFv2::WebACL');

/** The stack and the logical ID of the firewall that an attribute refers to. */
const arnOf = (stack: string) =>
  firewalls.filter((one) => one.stack === stack).map(({ id }) => ({ 'Fn::GetAtt': [id, 'Arn'] }));

describe('the firewall', () => {
  it('is missing by default', async () => {
    const { resources } = await synthesize();
    expect(resources.filter(({ type }) => type.startsWith('AWS::WAFv2::'))).toEqual([]);
  });

  it('is in front of every variant', () => {
    expect(firewalls.map(({ stack, properties }) => [stack, properties.Scope])).toEqual([
      ['triptych-hybrid-images', 'CLOUDFRONT'],
      ['triptych-microservices-front', 'REGIONAL'],
      ['triptych-serverless-release', 'REGIONAL'],
    ]);
    const [cdn] = ofType('AWS::CloudFront::Distribution');
    expect([cdn?.properties.DistributionConfig.WebACLId]).toEqual(arnOf('triptych-hybrid-images'));
    const protectedBy = Object.fromEntries(
      ofType('AWS::WAFv2::WebACLAssociation').map(({ stack, properties }) => [stack, properties]),
    );
    const { 'triptych-microservices-front': balancer, 'triptych-serverless-release': stage } =
      protectedBy;
    expect([balancer?.WebACLArn]).toEqual(arnOf('triptych-microservices-front'));
    const [front] = ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').filter(
      (one) => one.stack === 'triptych-microservices-front',
    );
    expect(balancer?.ResourceArn).toEqual({ Ref: front?.id });
    expect([stage?.WebACLArn]).toEqual(arnOf('triptych-serverless-release'));
    expect(JSON.stringify(stage?.ResourceArn)).toContain('/stages/');
  });

  it.each(firewalls)('of $stack limits each address and has the baseline rules of AWS', (one) => {
    const rules: { readonly Name: string; readonly Statement: object }[] = one.properties.Rules;
    expect(rules).toMatchObject([
      {
        Name: 'TooManyRequests',
        Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
        Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: REQUESTS_PER_ADDRESS } },
      },
      {
        OverrideAction: { None: {} },
        Statement: {
          ManagedRuleGroupStatement: {
            VendorName: 'AWS',
            Name: 'AWSManagedRulesCommonRuleSet',
            // Our services call each other without a User-Agent.
            RuleActionOverrides: [
              { Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } },
              { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
            ],
          },
        },
      },
      {
        Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesKnownBadInputsRuleSet' } },
      },
    ]);
  });

  it('replaces the reasons for its absence', () => {
    expect(JSON.stringify(templates)).not.toContain('CKV_AWS_68');
  });

  it.each(['free', 'pro', 'business', 'premium'])(
    'is part of the plan %s of a CDN',
    async (plan) => {
      const made = await synthesize({ ...FIREWALL, TRIPTYCH_CDN_PLAN: plan });
      const plans = made.ofType('AWS::PricingPlanManager::Subscription');
      expect(plans.map(({ stack }) => stack)).toEqual(['triptych-hybrid-images']);
      const { PlanFamily, PlanTier, ResourceArns } = plans[0]?.properties ?? {};
      expect([PlanFamily, PlanTier]).toEqual(['CloudFront', plan.toUpperCase()]);
      const [cdn] = made.ofType('AWS::CloudFront::Distribution');
      const [distribution, ...acl] = ResourceArns;
      expect(JSON.stringify(distribution)).toContain(cdn?.id);
      expect(acl).toEqual(arnOf('triptych-hybrid-images'));
      const { CdnPlanApproval } = made.templates['triptych-hybrid-images']?.Outputs ?? {};
      const text = JSON.stringify(CdnPlanApproval) ?? '';
      const approval = text.includes('approve-paid-subscription') && text.includes('--if-match');
      expect(approval, 'only a paid plan waits for an approval').toBe(plan !== 'free');
    },
  );

  it('is needed for a plan', async () => {
    const env = { TRIPTYCH_CDN_PLAN: 'pro', TRIPTYCH_VARIANTS: 'hybrid' };
    await expect(readSettings(env, ROOT)).rejects.toThrow('needs TRIPTYCH_FIREWALL=on');
  });

  it.each([
    ['serverless', {}, 'TRIPTYCH_FRONT=rest-api'],
    ['hybrid', {}, 'TRIPTYCH_REGION=us-east-1'],
    [
      'hybrid',
      { TRIPTYCH_CDN: 'off', TRIPTYCH_BASE_URL_HYBRID: 'https://shop.example' },
      'TRIPTYCH_CDN=on',
    ],
  ])('of %s is rejected with %j, which needs %s', async (variant, others, needed) => {
    const env = { TRIPTYCH_FIREWALL: 'on', TRIPTYCH_VARIANTS: variant, ...others };
    await expect(readSettings(env, ROOT)).rejects.toThrow(`needs ${needed}`);
  });
});
