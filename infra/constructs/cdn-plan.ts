import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnSubscription } from 'aws-cdk-lib/aws-pricingplanmanager';
import type { Settings } from '../settings.ts';

/**
 * Puts a CDN on a flat-rate plan, which must have exactly one distribution and its web ACL. A paid plan waits in
 * PENDING_APPROVAL, without charges, until a person approves it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-pricingplanmanager-subscription.html
 * @param webAclArn undefined without a firewall, which the settings reject with a plan
 */
export function cdnPlan(
  stack: Stack,
  { cdnPlan: plan }: Settings,
  { cdn, webAclArn }: { readonly cdn: Distribution; readonly webAclArn: string | undefined },
): void {
  if (plan === 'pay-as-you-go' || webAclArn === undefined) return;
  const subscription = new CfnSubscription(stack, 'Plan', {
    planFamily: 'CloudFront',
    planTier: plan.toUpperCase(),
    resourceArns: [cdn.distributionArn, webAclArn],
  });
  const arn = subscription.attrArn;
  new CfnOutput(stack, 'CdnPlanArn', { value: arn });
  if (plan === 'free') return;
  // The ETag changes with the subscription, so a template cannot know it.
  const approve = `aws pricing-plan-manager approve-paid-subscription --arn ${arn}`;
  new CfnOutput(stack, 'CdnPlanApproval', {
    value: `${approve} --if-match <ETag of get-subscription --arn ${arn}>`,
    description: 'The plan waits for this approval, and is not billed until then',
  });
}
