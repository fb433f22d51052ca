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
  new CfnOutput(stack, 'CdnPlanArn', {
    value: subscription.attrArn,
    ...(plan === 'free'
      ? {}
      : {
          description:
            'Not billed until you run aws pricing-plan-manager approve-paid-subscription',
        }),
  });
}
