import type { Stack } from 'aws-cdk-lib';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';

/**
 * Requests of one address in five minutes. A visitor's journey makes about a dozen, so this leaves room for an office behind
 * one address.
 */
export const REQUESTS_PER_ADDRESS = 2_000;

/**
 * Rules of AWS's core rule set that only count. The services fetch each other's keys without a User-Agent, and limit bodies
 * themselves (64 KB; the rule blocks more than 8 KB).
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const ONLY_COUNTED = ['NoUserAgent_HEADER', 'SizeRestrictions_BODY'];

/**
 * Creates a firewall with AWS's baseline rules and a limit of requests per address. Its rules use 902 of the 1,500 capacity
 * units that the basic price includes. Returns its ARN.
 * @param scope `CLOUDFRONT` only in us-east-1
 */
export function firewall(stack: Stack, scope: 'CLOUDFRONT' | 'REGIONAL'): string {
  const seen = (metricName: string) => ({
    metricName,
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
  });
  const managed = (name: string, priority: number, onlyCounted: readonly string[] = []) => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: `AWSManagedRules${name}`,
        ruleActionOverrides: onlyCounted.map((rule) => ({
          name: rule,
          actionToUse: { count: {} },
        })),
      },
    },
    visibilityConfig: seen(name),
  });
  const acl = new CfnWebACL(stack, 'Firewall', {
    scope,
    defaultAction: { allow: {} },
    visibilityConfig: seen('Firewall'),
    rules: [
      {
        name: 'TooManyRequests',
        priority: 0,
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: {
          rateBasedStatement: { aggregateKeyType: 'IP', limit: REQUESTS_PER_ADDRESS },
        },
        visibilityConfig: seen('TooManyRequests'),
      },
      managed('CommonRuleSet', 1, ONLY_COUNTED),
      managed('KnownBadInputsRuleSet', 2),
    ],
  });
  return acl.attrArn;
}

/** Puts a firewall of its own in front of a load balancer or the stage of a REST API. A CDN names its firewall itself. */
export function protect(stack: Stack, resourceArn: string): void {
  const webAclArn = firewall(stack, 'REGIONAL');
  new CfnWebACLAssociation(stack, 'Protected', { resourceArn, webAclArn });
}
